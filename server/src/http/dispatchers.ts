/** Which undici dispatcher a request goes through: one that connects directly, or one of a proxy. No global dispatcher is ever touched. */
import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher, Pool, ProxyAgent } from 'undici';
import type { HttpSettings } from '../../../shared/protocol.ts';
import { type ProxyServer, readProxies } from './proxies.ts';
import { trustedBesides } from './trust.ts';

export interface Dispatchers {
  for(url: URL): Dispatcher;
  /** The proxy that a request goes through, for messages; null for none. */
  proxyOf(url: URL): ProxyServer | null;
  close(): Promise<void>;
}

/** The part of undici that is needed: loaded at the first call. */
interface Undici {
  readonly Agent: typeof Agent;
  readonly Pool: typeof Pool;
  readonly ProxyAgent: typeof ProxyAgent;
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
 * Makes the dispatchers; no connection is opened yet.
 *
 * @throws BacklinkLensError source.unavailable for a proxy address that is none, or a file of certificates that cannot be used
 */
export async function openDispatchers(options: DispatcherOptions): Promise<Dispatchers> {
  const { http, lookup, connectTimeout: timeout } = options;
  const undici: Undici = await import('undici');
  const proxyOf = readProxies(options);
  const strict = http?.strictSSL !== false;
  const trusted = strict ? await trustedBesides(http) : null;
  const allowH2 = lookup === undefined;
  const tls = { timeout, rejectUnauthorized: strict, preferH2: allowH2, allowH2, ...(trusted === null ? {} : { secureContext: trusted }) };
  const guarded = lookup === undefined ? {} : { lookup, autoSelectFamily: false };
  const direct = new undici.Agent({ connect: { ...tls, ...guarded }, allowH2 });
  const proxied = new Map<string, ProxyAgent>();

  function through(address: string): ProxyAgent {
    const known = proxied.get(address);
    if (known !== undefined) return known;
    const token = http?.proxyAuthorization;
    const agent = new undici.ProxyAgent({
      uri: address,
      allowH2,
      requestTls: tls,
      proxyTls: { ...tls, allowH2: false },
      ...(token ? { token } : {}),
      // A proxy that takes the connection and then says nothing is no proxy.
      clientFactory: (origin, given) => new undici.Pool(origin, { ...given, headersTimeout: timeout }),
    });
    proxied.set(address, agent);
    return agent;
  }

  return {
    for(url) {
      const proxy = proxyOf(url);
      return proxy === null ? direct : through(proxy.address);
    },
    proxyOf,
    async close() {
      // Destroyed, not closed: whoever closes has aborted its calls, and an endless reply must not hold the process.
      await Promise.all([direct, ...proxied.values()].map((agent) => agent.destroy()));
    },
  };
}
