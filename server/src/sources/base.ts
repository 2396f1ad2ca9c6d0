/** The base address of a service as a person types it: checked before anything is sent there. */
import { isLoopbackHost } from '../../../shared/loopback.ts';
import { SOURCES, type VendorId } from '../../../shared/sources.ts';
import { parseWebUrl } from '../urls/resolve.ts';
import { BacklinkLensError } from '../util/errors.ts';

export interface Base {
  readonly ok: true;
  /** Origin and path prefix without a trailing slash. */
  readonly base: string;
  /** Host with its port, if it is not the usual one, for messages. */
  readonly host: string;
  /** True when it is on this machine: nothing leaves it. */
  readonly loopback: boolean;
}

export interface NoBase {
  readonly ok: false;
  /** What is wrong and what to write; it does not repeat the address, which may hold a password. */
  readonly message: string;
}

/**
 * Reads an address like `https://gateway.example.org/links`.
 *
 * @param setting full name of the setting that holds it, for the message
 */
export function readBase(text: string, setting: string): Base | NoBase {
  const url = parseWebUrl(text);
  if (url === null) return { ok: false, message: `${setting} is no http or https address: write it like https://api.example.com.` };
  if (url.username !== '' || url.password !== '') {
    return { ok: false, message: `${setting} must not hold a name or password: remove them and set the key with "Backlinks: Set API Key".` };
  }
  if (url.search !== '' || url.hash !== '') {
    return { ok: false, message: `${setting} must not hold a query or fragment: write only the base address, like https://api.example.com.` };
  }
  return { ok: true, base: url.origin + url.pathname.replace(/\/+$/, ''), host: url.host, loopback: isLoopbackHost(url.hostname) };
}

/** The same for an address that takes the place of a vendor's own. A key goes there, so it has to be https unless it stays on this machine. */
export function readVendorBase(text: string, setting: string): Base | NoBase {
  const base = readBase(text, setting);
  if (!base.ok || base.loopback || base.base.startsWith('https:')) return base;
  return { ok: false, message: `${setting} must begin with https:// for a host that is not this machine: the key would be readable on its way.` };
}

/**
 * Where a vendor is asked: at the address that takes the place of its own, else there.
 *
 * @throws BacklinkLensError usage.invalid for an address that readVendorBase does not accept
 */
export function vendorBase(id: VendorId, given: string | undefined): Base {
  const base = readVendorBase(given ?? SOURCES[id].home ?? '', 'backlinkLens.endpoints');
  if (!base.ok) throw new BacklinkLensError('usage.invalid', base.message);
  return base;
}
