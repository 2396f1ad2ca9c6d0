/** Where a source sends what it is asked: what consent is given for, and what the user is told. */
import { isLoopbackHost } from './loopback.ts';
import type { Settings } from './settings.ts';
import { SOURCES } from './sources.ts';

/**
 * The host that the chosen source asks, with its port if it is not the usual one; both, where the kind of key decides between two. Null for a
 * source that sends nothing off this machine, and where the address is missing or none. A vendor's address on this machine is a gateway, which
 * passes on what it is asked; a contract endpoint there is our own service.
 */
export function hostAsked({ source, endpoint, endpoints }: Pick<Settings, 'source' | 'endpoint' | 'endpoints'>): string | null {
  const { home, tokenHome } = SOURCES[source];
  const address = source === 'searchmetrics' ? endpoint : (endpoints[source] ?? home);
  const url = URL.parse(address ?? '');
  if (SOURCES[source].needs === 'file' || source === 'none' || url === null || url.host === '') return null;
  if (source === 'searchmetrics' && isLoopbackHost(url.hostname)) return null;
  return endpoints[source] === undefined && tokenHome !== undefined ? `${url.host}, ${new URL(tokenHome).host}` : url.host;
}
