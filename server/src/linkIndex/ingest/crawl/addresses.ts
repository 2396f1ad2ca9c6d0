/**
 * Which machine a name stands for, asked once in a while, and whether it may be visited. Connections go to the very address that
 * was checked, so a name that changes its answer (DNS rebinding) gains nothing.
 */
import { lookup } from 'node:dns';
import { BlockList, isIPv4, isIPv6, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import { isPrivateHost, privacyOfAddress } from '../../../urls/privacy.ts';
import { abortable } from '../../../util/abortable.ts';
import { CrawlFailure } from './failures.ts';
import { Slots } from './slots.ts';

/** IPv4-compatible addresses, NAT64 of one's own network (RFC 8215) and Teredo: they lead to an IPv4 address that cannot be seen here. */
const DETOURS = new BlockList();
DETOURS.addSubnet('::', 96, 'ipv6');
DETOURS.addSubnet('64:ff9b:1::', 48, 'ipv6');
DETOURS.addSubnet('2001::', 32, 'ipv6');
/** Prefixes that hold an IPv4 address, and the 16-bit group it starts at: NAT64 (RFC 6052) and 6to4 (RFC 3056). */
const EMBEDDING = [
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], group: 6 },
  { prefix: [0x2002], group: 1 },
] as const;

/** True for an address that anybody on the Internet may visit. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv4(bare) && !isIPv6(bare)) return false;
  if (privacyOfAddress(bare) !== null) return false;
  if (isIPv4(bare)) return true;
  const embedded = embeddedIPv4(bare);
  return !DETOURS.check(bare, 'ipv6') && (embedded === null || privacyOfAddress(embedded) === null);
}

function embeddedIPv4(address: string): string | null {
  const groups = groupsOf(address);
  for (const { prefix, group } of EMBEDDING) {
    if (!prefix.every((part, at) => groups[at] === part)) continue;
    const [high = 0, low = 0] = groups.slice(group, group + 2);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return null;
}

/** The eight groups; the URL parser writes a dotted tail as two of them. */
function groupsOf(address: string): number[] {
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = [], tail = []] = plain.split('::').map((part) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))));
  return [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
}

interface Address {
  readonly address: string;
  readonly family: number;
}

interface KnownHost {
  /** The next to be tried first. */
  readonly addresses: Address[];
  readonly askedAt: number;
}

/** Gives every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

/** A name is asked for, and its answer checked, again after this long: a crawl may take days. */
const KEPT = 600_000;
/** Names asked for at a time. The system's resolver takes one of Node's four threads for each, and writing files needs them too. */
const MOST_ASKED = 3;

export interface AddressOptions {
  readonly allowPrivate: boolean;
  /** A proxy resolves names by itself: one that does not resolve here is left to it, and nobody knows which address it visits. */
  readonly proxied: boolean;
  readonly resolve?: Resolve;
}

/** IPv4 first: it works nearly everywhere; what fails is tried over the next address. */
const systemResolve: Resolve = async (hostname) => await promisify(lookup)(hostname, { all: true, order: 'ipv4first' });

export class Addresses {
  readonly #options: AddressOptions;
  readonly #known = new Map<string, KnownHost>();
  readonly #line = new Slots(MOST_ASKED);

  constructor(options: AddressOptions) {
    this.#options = options;
  }

  /**
   * The address that a URL's host is visited at; null where only a proxy knows it.
   *
   * @throws CrawlFailure crawl.private, crawl.unreachable; the signal's reason
   */
  async check(url: URL, signal: AbortSignal): Promise<string | null> {
    const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (!this.#options.allowPrivate && isPrivateHost(url.href)) throw refused(url.host, null);
    const known = this.#known.get(name);
    const { addresses } = known !== undefined && Date.now() - known.askedAt < KEPT ? known : await this.#ask(name, url, signal);
    return this.#options.proxied ? null : (addresses[0]?.address ?? null);
  }

  /** Puts the address that did not answer behind the others. */
  failed(url: URL): void {
    const known = this.#known.get(url.hostname)?.addresses;
    const first = known?.shift();
    if (first !== undefined) known?.push(first);
  }

  /** For connections: gives what was checked and nothing else. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    const known = this.#known.get(hostname)?.addresses[0];
    if (known === undefined) callback(Object.assign(new Error(`${hostname} was not checked`), { code: 'ENOTFOUND' }), '', 4);
    else if (options.all === true) callback(null, [known]);
    else callback(null, known.address, known.family);
  };

  async #ask(name: string, url: URL, signal: AbortSignal): Promise<KnownHost> {
    const found = isIPv4(name) || isIPv6(name) ? [{ address: name, family: isIPv4(name) ? 4 : 6 }] : await this.#resolve(name, url, signal);
    const permitted = this.#options.allowPrivate ? found : found.filter(({ address }) => isPublicAddress(address));
    const [first] = found;
    if (first !== undefined && permitted.length === 0) throw refused(url.host, first.address);
    const known = { addresses: permitted, askedAt: Date.now() };
    this.#known.set(name, known);
    return known;
  }

  async #resolve(name: string, url: URL, signal: AbortSignal): Promise<Address[]> {
    try {
      const resolve = this.#options.resolve ?? systemResolve;
      return [...(await this.#line.run(signal, async () => await abortable(resolve(name), signal)))];
    } catch (cause) {
      signal.throwIfAborted();
      if (this.#options.proxied) return [];
      throw CrawlFailure.of(cause, url.host);
    }
  }
}

function refused(host: string, address: string | null): CrawlFailure {
  const where = address === null || host.startsWith(address) || host.startsWith('[') ? host : `${host} (${address})`;
  const message = `${where} is in a network of one's own and was not visited. If it is yours, allow it with --allow-private.`;
  return new CrawlFailure('crawl.private', message, { lasting: true });
}
