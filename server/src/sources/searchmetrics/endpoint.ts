/** The base address of a contract endpoint as a person types it: checked before anything is sent there. */
import { isLoopbackHost } from '../../urls/loopback.ts';
import { parseWebUrl } from '../../urls/resolve.ts';

export interface Endpoint {
  readonly ok: true;
  /** Origin and path prefix without a trailing slash and without `/v3`. */
  readonly base: string;
  /** Host with port, for messages. */
  readonly host: string;
  /** True when the endpoint is on this machine: nothing leaves it, and it may be open (no key). */
  readonly loopback: boolean;
}

/**
 * Reads `https://api.example.com`, with or without a trailing slash or `/v3`.
 *
 * @returns the endpoint, or the sentence that tells what is wrong with the setting
 */
export function readEndpoint(text: string): Endpoint | { readonly ok: false; readonly message: string } {
  const setting = 'backlinkLens.searchmetrics.endpoint';
  if (text.trim() === '') {
    return { ok: false, message: `No endpoint is set yet: set ${setting} to the base address of a service that speaks the contract.` };
  }
  const url = parseWebUrl(text);
  if (url === null) {
    return { ok: false, message: `${setting} is no http or https address: write it like https://api.example.com.` };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, message: `${setting} must not hold a name or password: remove them and set the key with "Backlinks: Set API Key".` };
  }
  if (url.search !== '' || url.hash !== '') {
    return { ok: false, message: `${setting} must not hold a query or fragment: write only the base address, like https://api.example.com.` };
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v3$/, '');
  return { ok: true, base: url.origin + path, host: url.host, loopback: isLoopbackHost(url.hostname) };
}
