/** Which undici dispatcher a request goes through: the editor's proxy, the environment's, or none; this machine is always reached directly. */
import type { Dispatcher } from 'undici';
import type { HttpSettings } from '../../../shared/protocol.ts';
import { isLoopbackHost } from './loopback.ts';

export interface Dispatchers {
  for(url: URL): Dispatcher;
  close(): Promise<void>;
}

export interface DispatcherOptions {
  readonly http?: HttpSettings | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly connectTimeout: number;
  readonly dispatcher?: Dispatcher;
}

/**
 * Loads undici and makes the dispatchers. A proxy in the editor's settings wins over HTTPS_PROXY and HTTP_PROXY; a host in
 * `http.noProxy` or NO_PROXY goes without. Rejects with a TypeError for a proxy address that is none.
 */
export async function createDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  if (options.dispatcher !== undefined) {
    const given = options.dispatcher;
    return { for: () => given, close: async () => {} };
  }
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const connect = { timeout: options.connectTimeout, rejectUnauthorized: options.http?.strictSSL !== false };
  const direct = new Agent({ connect });
  const proxied = new EnvHttpProxyAgent({ connect, requestTls: connect, proxyTls: connect, ...proxies(options) });
  return {
    for: (url) => (isLoopbackHost(url.hostname) ? direct : proxied),
    async close() {
      // Destroyed, not closed: whoever closes has aborted its calls, and an endless reply must not hold the process.
      await Promise.all([direct.destroy(), proxied.destroy()]);
    },
  };
}

/** Empty strings on purpose: undefined would make undici read the process environment on its own. */
function proxies({ http, env }: DispatcherOptions): { httpProxy: string; httpsProxy: string; noProxy: string } {
  const variable = (name: string) => env[name.toLowerCase()] ?? env[name] ?? '';
  const noProxy = [...(http?.noProxy ?? []), variable('NO_PROXY')].join(',');
  const chosen = http?.proxy ?? '';
  if (chosen !== '') return { httpProxy: chosen, httpsProxy: chosen, noProxy };
  const httpProxy = variable('HTTP_PROXY');
  return { httpProxy, httpsProxy: variable('HTTPS_PROXY') || httpProxy, noProxy };
}
