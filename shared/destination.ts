/** Where a source sends what it is asked: what consent is given for, and what the user is told. */
import { isLoopbackHost } from './loopback.ts';
import type { Settings } from './settings.ts';
import { SOURCES } from './sources.ts';

/**
 * The host that the chosen source asks, with its port if it is not the usual one. Null for a source that sends nothing off this machine, and
 * where the address is missing or none.
 */
export function hostAsked({ source, endpoint, endpoints }: Pick<Settings, 'source' | 'endpoint' | 'endpoints'>): string | null {
  const address = source === 'searchmetrics' ? endpoint : (endpoints[source] ?? SOURCES[source].home);
  const url = URL.parse(address ?? '');
  if (SOURCES[source].needs === 'file' || source === 'none' || url === null || url.host === '') return null;
  return isLoopbackHost(url.hostname) ? null : url.host;
}
