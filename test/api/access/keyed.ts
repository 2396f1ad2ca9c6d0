/** A service with keys on the example web, for tests: real index, real keys file, real thread, real HTTP. */

import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { keyAccess } from '../../../server/src/api/access/keyAccess.ts';
import { type KeyFile, openKeyFile } from '../../../server/src/api/access/keyFile.ts';
import { type LedgerThread, openLedgerInThread } from '../../../server/src/api/access/ledgerThread.ts';
import type { LoginBounds } from '../../../server/src/api/access/logins.ts';
import { RATES, type Rates } from '../../../server/src/api/access/rates.ts';
import { verifierOf } from '../../../server/src/api/access/verifier.ts';
import { createApp } from '../../../server/src/api/app.ts';
import { LIMITS, type Limits } from '../../../server/src/api/limits.ts';
import { restGently } from '../../../server/src/api/listener.ts';
import { openIndex } from '../../../server/src/linkIndex/sqlite/openIndex.ts';
import type { BacklinkStore } from '../../../server/src/linkIndex/store.ts';
import type { Log } from '../../../server/src/util/log.ts';
import { builtIndex } from '../../support/builtIndex.ts';
import { temporaryFolder } from '../../support/folders.ts';

export const WORKER = path.resolve(import.meta.dirname, '../../../server/src/api/access/keysWorker.ts');
export const SECRET = 'SecretOfTheTestSecretOfTheTest0123456789';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export interface Keyed {
  readonly url: string;
  readonly port: number;
  readonly file: string;
  readonly keys: KeyFile;
  readonly ledger: LedgerThread;
  readonly store: BacklinkStore;
  readonly app: FastifyInstance;
  /** Everything that was logged, at every level. */
  readonly logged: string[];
  /** The clock of tokens, in epoch milliseconds: may be moved. */
  readonly clock: { now: number };
  /** Adds a key with the test's secret and gives its id. */
  addKey(name: string, credits?: number | null): string;
  /** A token for a key, asked over HTTP. */
  tokenFor(id: string): Promise<string>;
  call(path: string, init?: RequestInit): Promise<Reply>;
  close(): Promise<void>;
}

export interface KeyedOptions {
  readonly rates?: Partial<Rates>;
  readonly limits?: Partial<Limits>;
  readonly logins?: LoginBounds;
  /** Milliseconds. */
  readonly lifetime?: number;
  readonly proxies?: readonly string[];
  /** Folder of the page for people. */
  readonly page?: string;
  /** In place of the index's own. */
  readonly summaries?: (own: BacklinkStore['summaries']) => BacklinkStore['summaries'];
}

export async function startKeyed(options: KeyedOptions = {}): Promise<Keyed> {
  const { folder, remove } = temporaryFolder('keyed');
  const file = path.join(folder, 'web.db.keys');
  const logged: string[] = [];
  const keep = (message: string) => void logged.push(message);
  const log: Log = { debug: keep, info: keep, warn: keep, error: keep };
  const clock = { now: Date.now() };
  const verifier = await verifierOf(SECRET);
  const keys = openKeyFile(file, { create: true });
  const name = await builtIndex(folder);
  const store = openIndex(name);
  const ledger = await openLedgerInThread(file, WORKER);
  const { lifetime = 3_600_000, logins } = options;
  const rates = { ...RATES, perKey: null, ...options.rates };
  const access = keyAccess({ ledger, log, lifetime, rates, now: () => clock.now, ...(logins === undefined ? {} : { logins }) });
  const { proxies = [], page = null } = options;
  const index = openIndex(name);
  const own: BacklinkStore['summaries'] = (...asked) => store.summaries(...asked);
  if (options.summaries !== undefined) Object.defineProperty(index, 'summaries', { value: options.summaries(own) });
  const app = createApp({ store: index, log, access, limits: { ...LIMITS, ...options.limits }, proxies, page });
  restGently(app, 20, 5_000);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  async function call(where: string, init: RequestInit = {}): Promise<Reply> {
    const reply = await fetch(url + where, init);
    return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Record<string, unknown> };
  }

  return {
    url,
    port,
    file,
    keys,
    ledger,
    store,
    app,
    logged,
    clock,
    addKey(name, credits = null) {
      const id = name.padEnd(20, 'x');
      keys.add({ id, name, verifier, credits, now: clock.now });
      return id;
    },
    async tokenFor(id) {
      const { body } = await call('/v3/token', { method: 'POST', body: new URLSearchParams(formOf(id)) });
      return String(body['access_token']);
    },
    call,
    async close() {
      await app.close();
      await access.close();
      await Promise.all([store.close(), index.close()]);
      keys.close();
      remove();
    },
  };
}

export function formOf(id: string, secret: string = SECRET): Record<string, string> {
  return { grant_type: 'client_credentials', client_id: id, client_secret: secret };
}

export function basicOf(id: string, secret: string = SECRET): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
