/** Lost pages between service and editor: found again in the background when the folder, its settings or the index have changed, and told where that made a difference. */
import { type Connection, DocumentDiagnosticRequest } from 'vscode-languageserver';
import { REDIRECT_NAMES } from '../../../shared/moves.ts';
import { lostPagesChangedNotification, lostPagesRequest, redirectLostRequest } from '../../../shared/protocol.ts';
import type { BacklinkService } from '../service.ts';
import type { Clock } from '../util/clock.ts';
import { coalesce } from '../util/coalesce.ts';
import { isAbort } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { ClientTraits } from './clientTraits.ts';
import type { Runner } from './runner.ts';

export interface LostParts {
  readonly connection: Connection;
  readonly service: BacklinkService;
  readonly traits: ClientTraits;
  readonly clock: Clock;
  readonly log: Log;
  readonly run: Runner;
  readonly settled: () => Promise<void>;
}

/** Milliseconds: history and index are read for it, so it is not done with every keystroke. */
const QUIET = 3_000;

const SELECTOR = REDIRECT_NAMES.map((name) => ({ scheme: 'file', pattern: `**/${name}` }));

export function wireLostPages(parts: LostParts): { dispose(): void } {
  const { connection, service, traits, clock, log, run, settled } = parts;
  const closing = new AbortController();
  let finding: Promise<void> = Promise.resolve();
  const find = async () => {
    if (!service.lost.stale() || !(await service.lost.refresh(closing.signal))) return;
    await connection.sendNotification(lostPagesChangedNotification, {});
    if (traits.refreshesDiagnostics) await connection.languages.diagnostics.refresh();
  };
  const again = () => {
    // One after the other: two at a time would do the same work twice.
    finding = finding.then(find).catch((error: unknown) => {
      if (!isAbort(error) && !closing.signal.aborted) log.warn(`Lost pages could not be found: ${String(error)}`);
    });
  };
  const ask = coalesce(again, QUIET, clock);
  const subscription = service.onDidChange(({ cause }) => {
    if (cause === 'knowledge' && service.lost.stale()) ask();
  });
  connection.onRequest(lostPagesRequest, async ({ again: anew }, token) =>
    run('lost pages', token, { pages: [], why: 'reading' as const }, async (signal) => {
      await settled();
      if (anew) await service.lost.refresh(signal);
      return service.lost.list();
    }),
  );
  connection.onRequest(redirectLostRequest, async ({ folder, url, unsaved = [] }, token) =>
    run('redirect', token, null, () => service.lost.redirect(folder, url, unsaved)),
  );
  return {
    dispose() {
      closing.abort();
      subscription.dispose();
      ask.dispose();
    },
  };
}

/** By its name. */
export function isRedirectFile(uri: string): boolean {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return REDIRECT_NAMES.some((pattern) => (pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern));
}

/** Files of redirects are no documents of ours: only their problems are shown. Their quick fixes the client asks for by itself: see the client's redirectFiles.ts. */
export async function registerRedirectFiles({ client }: Connection, { registersDiagnostics }: ClientTraits): Promise<void> {
  if (!registersDiagnostics) return;
  await client.register(DocumentDiagnosticRequest.type, {
    documentSelector: SELECTOR,
    identifier: 'backlinkLens.lostPages',
    interFileDependencies: true,
    workspaceDiagnostics: false,
  });
}
