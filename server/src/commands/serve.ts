/** `backlink-lens serve`: the contract over HTTP on one index, until Ctrl+C. */
import { once } from 'node:events';
import { isIP } from 'node:net';
import { Command } from 'commander';
import { keyAccess } from '../api/access/keyAccess.ts';
import { openLedgerInThread } from '../api/access/ledgerThread.ts';
import { RATES } from '../api/access/rates.ts';
import { type Access, openAccess } from '../api/access.ts';
import { createApp } from '../api/app.ts';
import { LIMITS, type Limits } from '../api/limits.ts';
import { type Certificate, renewCertificate, restGently } from '../api/listener.ts';
import { type ServiceLog, serviceLog } from '../api/ops/lineLog.ts';
import { type Operations, operations } from '../api/ops/operations.ts';
import { listenForOperators } from '../api/ops/operatorsServer.ts';
import { programFile } from '../linkIndex/programFile.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';
import type { Io } from './io.ts';
import { type CertificateFiles, certificateTrouble, readCertificate, watchCertificate } from './serveCertificate.ts';
import { openServedIndex, type ServedIndex } from './serveIndex.ts';
import { keysFileOf, serveKeysCommand, warnOfReaders } from './serveKeys.ts';
import { checkServeOptions, isLoopback, type ServeOptions, withServeOptions } from './serveOptions.ts';

/** Milliseconds in which clients that send one request after the other are told that their connection ends. */
const GRACE = 500;

/** Calls a minute of one address, where there are keys. */
const PER_ADDRESS = 2_400;

/** The page for people. */
const PAGE = programFile(import.meta.url, '../../../dist/page', 'page');

export function serveCommand(io: Io): Command {
  return withServeOptions(new Command('serve'))
    .description('Serve the "Backlinks for a given URL" contract from an index, to those who have a key or, with --open, to this machine.')
    .action(async (options: ServeOptions) => serve(io, options))
    .addCommand(serveKeysCommand(io));
}

async function serve(io: Io, options: ServeOptions): Promise<void> {
  const { index } = checkServeOptions(options);
  const log = serviceLog({ format: options.log, verbose: options.verbose === true, write: io.error, now: () => Date.now() });
  try {
    await serveLogged(io, options, index, log);
  } finally {
    log.flush();
  }
}

async function serveLogged(io: Io, options: ServeOptions, index: string, log: ServiceLog): Promise<void> {
  const files = options.cert === undefined || options.key === undefined ? null : { cert: options.cert, key: options.key };
  const certificate = files === null ? null : readCertificate(files);
  const trouble = certificate === null ? null : certificateTrouble(certificate, Date.now());
  if (trouble !== null) log.warn(trouble);
  const access = await accessOf(io, options, log);
  try {
    const served = await openServedIndex(index, log);
    const ops = operations({ store: served.store, log, requests: log });
    try {
      await serveUntilStopped({ io, options, log, access, served, ops, files, certificate });
    } finally {
      ops.stop();
      await served.store.close();
    }
  } finally {
    await access.close();
  }
}

interface Served {
  readonly io: Io;
  readonly options: ServeOptions;
  readonly log: Log;
  readonly access: Access;
  readonly served: ServedIndex;
  readonly ops: Operations;
  readonly files: CertificateFiles | null;
  readonly certificate: Certificate | null;
}

async function serveUntilStopped({ io, options, log, access, served, ops, files, certificate }: Served): Promise<void> {
  const limits = limitsOf(options);
  const app = createApp({ ...served, operations: ops, log, access, certificate, limits, proxies: options.trustProxy ?? [], page: PAGE });
  if (options.open === true) ops.addMetrics(app);
  restGently(app, GRACE, options.stopTimeout);
  let unwatch = () => {};
  const figures = options.metricsAddress === undefined ? null : await listenForOperators(ops, options.metricsAddress);
  try {
    const address = await listen(app, options, certificate === null ? 'http' : 'https');
    if (files !== null) unwatch = watchCertificate(files, log, (changed) => renewCertificate(app, changed));
    warnOfPlainText(io, options, files);
    const { pages, links } = await served.store.info(io.signal);
    io.out(`Serving ${pages.toLocaleString(io.locale)} pages and ${links.toLocaleString(io.locale)} links of ${options.index} at ${address}\n`);
    const header = options.open === true ? '' : '-H "Authorization: Bearer TOKEN" ';
    io.out(`Try: curl ${header}"${address}/v3/ResearchLinksGetListBacklinks.json?url=example.com&limit=10"\n`);
    if (figures !== null) io.out(`Figures for operators: ${figures.address}/metrics\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
  } finally {
    unwatch();
    ops.stopping();
    await app.close();
    await figures?.close();
  }
}

async function accessOf(io: Io, options: ServeOptions, log: Log): Promise<Access> {
  if (options.open === true) return openAccess();
  const file = keysFileOf(options);
  const ledger = await openLedgerInThread(file, programFile(import.meta.url, '../api/access/keysWorker.ts', 'keysWorker.cjs'));
  warnOfReaders(file, io);
  return keyAccess({ ledger, log, lifetime: options.tokenLifetime, rates: { ...RATES, perKey: options.rate || null } });
}

function limitsOf({ open, rateAddress, maxConnections }: ServeOptions): Limits {
  const perAddress = rateAddress === undefined ? (open === true ? null : PER_ADDRESS) : rateAddress || null;
  return { ...LIMITS, perAddress, connections: maxConnections };
}

async function listen(app: ReturnType<typeof createApp>, { host, port }: ServeOptions, scheme: string): Promise<string> {
  const named = isIP(host) === 6 ? `[${host}]` : host;
  try {
    await app.listen({ host, port });
  } catch (cause) {
    const message = `Could not listen on ${named}:${port}: ${String(cause)}. Choose another --port (0 for any) or --host.`;
    throw new BacklinkLensError('usage.invalid', message, { cause });
  }
  const bound = app.server.address();
  return `${scheme}://${named}:${typeof bound === 'object' && bound !== null ? bound.port : port}`;
}

/** Secrets on a network that others share. */
function warnOfPlainText(io: Io, { host }: ServeOptions, files: CertificateFiles | null): void {
  if (files !== null || isLoopback(host)) return;
  io.error('Keys and tokens travel unencrypted: use --cert and --key, or a proxy before this service that does.\n');
}
