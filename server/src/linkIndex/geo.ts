/** Where a server stands: IP address to country and, with a city database, city. Reads MMDB files (MaxMind DB format 2.0), and the small table of countries that ships with the editor. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BlockList, isIP } from 'node:net';
import path from 'node:path';
import { Reader, type Response } from 'mmdb-lib';
import { bareAddress } from '../util/addresses.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { readCountryTable } from './countryTable.ts';
import { programFile } from './programFile.ts';

/** A place; null where the database does not say. */
export interface Place {
  readonly countryCode: string | null;
  readonly country: string | null;
  readonly city: string | null;
}

export type Locate = (ip: string | null) => Place;

const NOWHERE: Place = { countryCode: null, country: null, city: null };
const DEFAULT_DATABASE = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';

/** Addresses reserved for documentation stand nowhere, though registries book them somewhere. Source: RFC 5737, RFC 3849, RFC 9637. */
function documentationAddresses(): BlockList {
  const list = new BlockList();
  for (const net of ['192.0.2.0', '198.51.100.0', '203.0.113.0']) list.addSubnet(net, 24, 'ipv4');
  list.addSubnet('2001:db8::', 32, 'ipv6');
  list.addSubnet('3fff::', 20, 'ipv6');
  return list;
}

/**
 * Opens a database of places.
 *
 * @param file an MMDB country or city database; without it the CC0 country database that comes along. Where that is not installed every
 *   place is unknown
 * @throws BacklinkLensError input.unreadable when `file` is missing or is no MMDB file
 */
export function openGeo(file?: string): Locate {
  const lookUp = file === undefined ? openDefault() : openDatabaseFile(file);
  if (lookUp === null) return () => NOWHERE;
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const nowhere = documentationAddresses();
  return (ip) => {
    const address = bareAddress(ip);
    return address === null || nowhere.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') ? NOWHERE : placeOf(lookUp(address), names);
  };
}

/** Finds the record of a bare address. */
type LookUp = (address: string) => unknown;

/** What comes along is an MMDB, or in the editor the small table made from it. */
function openDefault(): LookUp | null {
  const table = programFile(import.meta.url, 'countries.bin', 'countries.bin');
  const mmdb = defaultDatabase();
  if (mmdb !== null) return openDatabaseFile(mmdb);
  return existsSync(table) ? openCountryTable(table) : null;
}

function openDatabaseFile(file: string): LookUp {
  const reader = openReader(file);
  return (address) => look(reader, address);
}

/** @throws BacklinkLensError input.unreadable */
export function openCountryTable(file: string): LookUp {
  const codeOf = readable(file, () => readCountryTable(readFileSync(file)));
  return (address) => {
    const code = isIP(address) === 6 ? codeOf(6, ...halvesOf(address)) : codeOf(4, bytesAsNumber(address.split('.').map(Number)), 0);
    return code === null ? null : { country_code: code };
  };
}

/** The first 64 bits of an IPv6 address, whose zeros may be left out. */
function halvesOf(address: string): readonly [high: number, low: number] {
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before = '', behind] = (URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1) ?? '').split('::');
  const [first, last] = [groups(before), groups(behind ?? '')];
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
  return [(all[0] ?? 0) * 2 ** 16 + (all[1] ?? 0), (all[2] ?? 0) * 2 ** 16 + (all[3] ?? 0)];
}

function bytesAsNumber(bytes: readonly number[]): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

function defaultDatabase(): string | null {
  const beside = programFile(import.meta.url, 'country.mmdb', 'country.mmdb');
  if (existsSync(beside)) return beside;
  try {
    return createRequire(beside).resolve(DEFAULT_DATABASE);
  } catch {
    return null;
  }
}

function openReader(file: string): Reader<Response> {
  return readable(file, () => new Reader(readFileSync(file)));
}

function readable<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new BacklinkLensError(
      'input.unreadable',
      `The place database ${path.basename(file)} could not be read. Name an MMDB file of countries or cities.`,
      { cause },
    );
  }
}

function look(reader: Reader<Response>, address: string): unknown {
  if (isIP(address) === 6 && reader.metadata.ipVersion === 4) return null;
  try {
    return reader.get(address);
  } catch {
    return null;
  }
}

/** Databases come in two shapes: MaxMind's nested records and flat ones with `country_code` and `city`. */
function placeOf(record: unknown, names: Intl.DisplayNames): Place {
  if (!isObject(record)) return NOWHERE;
  const code = text(record['country_code']) ?? text(field(record['country'], 'iso_code')) ?? text(field(record['registered_country'], 'iso_code'));
  const city = text(record['city']) ?? text(field(field(record['city'], 'names'), 'en'));
  return { countryCode: code, country: code === null ? null : nameOf(code, names), city };
}

function nameOf(code: string, names: Intl.DisplayNames): string | null {
  try {
    return names.of(code) ?? null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
