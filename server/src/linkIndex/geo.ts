/** Where a server stands: IP address to country and, with a city database, city. Reads MMDB files (MaxMind DB format 2.0). */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import path from 'node:path';
import { Reader, type Response } from 'mmdb-lib';
import { BacklinkLensError } from '../util/errors.ts';
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

/**
 * Opens a database of places.
 *
 * @param file an MMDB country or city database; without it the CC0 country database that comes along. Where that is not installed every
 *   place is unknown
 * @throws BacklinkLensError input.unreadable when `file` is missing or is no MMDB file
 */
export function openGeo(file?: string): Locate {
  const chosen = file ?? defaultDatabase();
  if (chosen === null) return () => NOWHERE;
  const reader = openReader(chosen);
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return (ip) => placeOf(look(reader, ip), names);
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
  try {
    return new Reader(readFileSync(file));
  } catch (cause) {
    throw new BacklinkLensError(
      'input.unreadable',
      `The place database ${path.basename(file)} could not be read. Name an MMDB file of countries or cities.`,
      { cause },
    );
  }
}

/** An IPv4 address inside IPv6 is looked up as itself; anything but an address is nowhere. */
function look(reader: Reader<Response>, ip: string | null): unknown {
  if (ip === null) return null;
  const address = ip
    .trim()
    .replace(/^\[|\]$/g, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(address) === 0 || (isIP(address) === 6 && reader.metadata.ipVersion === 4)) return null;
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
