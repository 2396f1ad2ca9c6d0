/** Which hosts are reached without the proxy, by the words of NO_PROXY and `http.noProxy`. */
import { BlockList, isIP } from 'node:net';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** One of the names: `example.com` and `.example.com` stand for the domain and all below it, `*.example.com` only for what is below. */
interface NameRule {
  readonly name: string;
  readonly apex: boolean;
  /** Empty: any. */
  readonly port: string;
}

/**
 * Reads the list as curl does, with the wildcards of editors: names, `name:port`, addresses, ranges of addresses (`10.0.0.0/8`, `fd00::/8`), and
 * `*` for everything. Words that are none of these match nothing.
 *
 * @param list separated by commas or blanks
 * @returns tells of a URL whether it goes without the proxy
 */
export function readNoProxy(list: string): (url: URL) => boolean {
  const words = list.split(/[,\s]+/).filter((word) => word !== '');
  const ranges = new BlockList();
  const names = words.flatMap((word) => (addRange(ranges, word) ? [] : [readRule(word)]));
  return (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/(.)\.$/, '$1');
    const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port;
    const family = isIP(host);
    if (family !== 0 && ranges.check(host, family === 6 ? 'ipv6' : 'ipv4')) return true;
    return names.some((rule) => (rule.port === '' || rule.port === port) && covers(rule, host));
  };
}

function covers({ name, apex }: NameRule, host: string): boolean {
  return name === '*' || (apex && host === name) || host.endsWith(`.${name}`);
}

function readRule(word: string): NameRule {
  const [, bracketed, plain = '', port = ''] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(word) ?? [];
  const name = (bracketed ?? (plain === '' ? word : plain)).toLowerCase().replace(/(.)\.$/, '$1');
  return name === '*' ? { name, apex: true, port } : { name: name.replace(/^\*?\./, ''), apex: !name.startsWith('*.'), port };
}

/** True for an address or a range without a port, which is then in the list. */
function addRange(ranges: BlockList, word: string): boolean {
  const [, address = '', bits] = /^\[?([^[\]/]+)\]?(?:\/(\d{1,3}))?$/.exec(word) ?? [];
  const family = isIP(address);
  if (family === 0) return false;
  const longest = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? longest : Number(bits);
  if (prefix > longest) return false;
  ranges.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  return true;
}
