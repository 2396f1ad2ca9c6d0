/**
 * Which undici dispatcher a request goes through: the editor's proxy, the environment's, or none; this machine is always reached directly.
 * No global dispatcher is ever touched.
 */
import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { HttpSettings } from '../../../shared/protocol.ts';
import { isLoopbackHost } from '../urls/loopback.ts';
import { parseWebUrl } from '../urls/resolve.ts';
import { sourceError } from '../util/errors.ts';

export interface Dispatchers {
  for(url: URL): Dispatcher;
  close(): Promise<void>;
}

/** The part of undici that is needed: loaded at the first call. */
interface Undici {
  readonly Agent: typeof Agent;
  readonly EnvHttpProxyAgent: typeof EnvHttpProxyAgent;
}

export interface DispatcherOptions {
  readonly http?: HttpSettings | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Resolves the names of hosts that are reached without a proxy, one address each, over HTTP/1.1; by default the system's resolver does. */
  readonly lookup?: LookupFunction | undefined;
}

/**
 * Makes the dispatchers; no connection is opened yet. A proxy in the editor's settings wins over HTTPS_PROXY and HTTP_PROXY; a host in
 * `http.noProxy` or NO_PROXY goes without.
 *
 * @throws BacklinkLensError source.unavailable for a proxy address that is none
 */
export async function openDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  const undici: Undici = await import('undici');
  const tls = { timeout: options.connectTimeout, rejectUnauthorized: options.http?.strictSSL !== false };
  const guarded = options.lookup === undefined ? {} : { lookup: options.lookup, autoSelectFamily: false };
  const connect = { ...tls, ...guarded };
  const allowH2 = options.lookup === undefined;
  const direct = new undici.Agent({ connect, allowH2 });
  const proxied = new undici.EnvHttpProxyAgent({ connect, allowH2, requestTls: tls, proxyTls: tls, ...proxies(options) });
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
  const chosen = proxyAddress(http?.proxy ?? '', 'http.proxy');
  if (chosen !== '') return { httpProxy: chosen, httpsProxy: chosen, noProxy };
  const httpProxy = proxyAddress(variable('HTTP_PROXY'), 'HTTP_PROXY');
  return { httpProxy, httpsProxy: proxyAddress(variable('HTTPS_PROXY'), 'HTTPS_PROXY') || httpProxy, noProxy };
}

/** As the user wrote it, checked; a host and port without a scheme means http, as in curl. */
function proxyAddress(text: string, setting: string): string {
  if (text === '') return '';
  const address = text.includes('://') ? text : `http://${text}`;
  if (parseWebUrl(address) !== null) return address;
  throw sourceError('unavailable', `The proxy in ${setting} is no http or https address. Write it like http://proxy.example.com:3128.`);
}
