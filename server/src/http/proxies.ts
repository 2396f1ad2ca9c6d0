/** Which proxy a request goes through: the editor's, the environment's, or none; this machine is always reached directly. */

import { isLoopbackHost } from '../../../shared/loopback.ts';
import type { HttpSettings } from '../../../shared/protocol.ts';
import { parseWebUrl } from '../urls/resolve.ts';
import { sourceError } from '../util/errors.ts';
import { readNoProxy } from './noProxy.ts';

export interface ProxyServer {
  /** As it was written, with name and password if there are any: never shown. */
  readonly address: string;
  /** Host with its port, for messages. */
  readonly host: string;
  /** The setting or variable that names it. */
  readonly setting: string;
}

export interface ProxyOptions {
  readonly http?: HttpSettings | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads what the editor and the environment say. A proxy in the editor's settings wins over HTTPS_PROXY and HTTP_PROXY; a host in
 * `http.noProxy` or NO_PROXY goes without.
 *
 * @returns the proxy of a URL, null for none
 * @throws BacklinkLensError source.unavailable for a proxy address that is none
 */
export function readProxies({ http, env }: ProxyOptions): (url: URL) => ProxyServer | null {
  const variable = (name: string) => env[name.toLowerCase()] ?? env[name] ?? '';
  const excepted = readNoProxy([...(http?.noProxy ?? []), variable('NO_PROXY')].join(','));
  const chosen = readProxy(http?.proxy ?? '', 'http.proxy');
  const forHttp = chosen ?? readProxy(variable('HTTP_PROXY'), 'HTTP_PROXY');
  const forHttps = chosen ?? readProxy(variable('HTTPS_PROXY'), 'HTTPS_PROXY') ?? forHttp;
  return (url) => (isLoopbackHost(url.hostname) || excepted(url) ? null : url.protocol === 'https:' ? forHttps : forHttp);
}

/** As the user wrote it, checked; a host and port without a scheme means http, as in curl. */
function readProxy(text: string, setting: string): ProxyServer | null {
  if (text === '') return null;
  const address = text.includes('://') ? text : `http://${text}`;
  const url = parseWebUrl(address);
  if (url !== null && hasReadableLogin(url)) return { address, host: url.host, setting };
  throw sourceError(
    'unavailable',
    `The proxy in ${setting} is no http or https address. Write it like http://proxy.example.com:3128, special characters of a password as %40.`,
  );
}

/** False for a name or password with a stray percent sign: whoever reads it later would fail on it. */
function hasReadableLogin({ username, password }: URL): boolean {
  try {
    decodeURIComponent(`${username}:${password}`);
    return true;
  } catch {
    return false;
  }
}
