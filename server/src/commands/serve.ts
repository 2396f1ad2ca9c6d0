/** `backlink-lens serve`: the contract over HTTP on one index, until Ctrl+C. */
import { once } from 'node:events';
import { Command } from 'commander';
import { openAccess } from '../api/access.ts';
import { createApp } from '../api/app.ts';
import { openIndexInWorker } from '../linkIndex/openIndexInWorker.ts';
import { programFile } from '../linkIndex/programFile.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { readPath, readPort } from './arguments.ts';
import { type Io, logTo } from './io.ts';

interface ServeOptions {
  readonly index: string;
  readonly port: number;
  readonly open?: true;
  readonly verbose?: true;
}

/** The page for people. */
const PAGE = programFile(import.meta.url, '../../../dist/page', 'page');

export function serveCommand(io: Io): Command {
  return new Command('serve')
    .description('Serve the "Backlinks for a given URL" contract from an index, on this machine only.')
    .requiredOption('--index <file>', 'the index to serve', readPath)
    .option('--port <port>', 'port on 127.0.0.1; 0 for any free one', readPort, 8700)
    .option('--open', 'answer without keys (needed for now: keys are still to come)')
    .option('--verbose', 'log every refused request')
    .action(async (options: ServeOptions) => serve(io, options));
}

async function serve(io: Io, options: ServeOptions): Promise<void> {
  if (options.open !== true) {
    throw new BacklinkLensError(
      'usage.invalid',
      'This version serves without keys only, on the loopback address. Add --open to say that this is meant.',
    );
  }
  const log = logTo(io, options.verbose === true);
  const store = await openIndexInWorker(options.index, { log });
  const app = createApp({ store, log, access: openAccess(), page: PAGE });
  try {
    const address = await app.listen({ host: '127.0.0.1', port: options.port }).catch((cause: unknown) => {
      throw new BacklinkLensError(
        'usage.invalid',
        `Could not listen on 127.0.0.1:${options.port}: ${String(cause)}. Choose another --port, or 0 for any.`,
        { cause },
      );
    });
    const { pages, links } = await store.info(io.signal);
    io.out(`Serving ${pages.toLocaleString(io.locale)} pages and ${links.toLocaleString(io.locale)} links of ${options.index} at ${address}\n`);
    io.out(`Try: curl "${address}/v3/ResearchLinksGetListBacklinks.json?url=example.com&limit=10"\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
  } finally {
    await app.close();
    await store.close();
  }
}
