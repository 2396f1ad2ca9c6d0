/** Makes the table of countries that ships with the editor from the MMDB: walks its tree, and joins neighbours of one country. */
import fs from 'node:fs';
import { Reader } from 'mmdb-lib';
import { writeCountryTable } from '../server/src/linkIndex/countryTable.ts';

const BITS = 128;
const IPV4 = 1n << 32n;
const HALF = 1n << 32n;
const BEHIND_64 = (1n << 64n) - 1n;

/**
 * @param {Buffer} mmdb a database of countries, of both versions of addresses, with records of 24, 28 or 32 bits
 * @returns {Buffer} the table
 */
export function countryTableOf(mmdb) {
  const reader = new Reader(mmdb);
  const codes = new Map();
  const codeOf = (leaf, start) => {
    if (leaf === reader.metadata.nodeCount) return null;
    if (!codes.has(leaf)) codes.set(leaf, codeIn(reader.get(addressOf(start))));
    return codes.get(leaf);
  };
  const v4 = [];
  const v6 = [{ high: 0, low: 0, code: null }];
  for (const [start, leaf] of leavesOf(mmdb, reader.metadata)) {
    const code = codeOf(leaf, start);
    if (start < IPV4) push(v4, { high: Number(start), low: 0, code });
    // What differs within one network of 64 bits goes with the first address in it.
    else if ((start & BEHIND_64) === 0n) push(v6, { high: Number(start >> 96n), low: Number((start >> 64n) % HALF), code });
  }
  return writeCountryTable({ v4, v6 });
}

function push(ranges, range) {
  if (ranges.length === 0 || ranges.at(-1).code !== range.code) ranges.push(range);
}

function codeIn(record) {
  return record?.country_code ?? record?.country?.iso_code ?? record?.registered_country?.iso_code ?? null;
}

/** Source of the format: MaxMind DB File Format Specification 2.0, "Binary Search Tree Section". */
function* leavesOf(mmdb, { nodeCount, recordSize, ipVersion }) {
  if (ipVersion !== 6) throw new TypeError('a database of IPv4 alone');
  const bytes = recordSize / 4;
  const record = (node, side) => {
    const at = node * bytes;
    if (recordSize === 24) return mmdb.readUIntBE(at + 3 * side, 3);
    if (recordSize === 32) return mmdb.readUInt32BE(at + 4 * side);
    const middle = mmdb[at + 3];
    return side === 0 ? (middle >> 4) * 2 ** 24 + mmdb.readUIntBE(at, 3) : (middle & 15) * 2 ** 24 + mmdb.readUIntBE(at + 4, 3);
  };
  const open = [[0, 0n, 0]];
  for (;;) {
    const next = open.pop();
    if (next === undefined) return;
    const [node, prefix, depth] = next;
    if (node >= nodeCount) yield [prefix << BigInt(BITS - depth), node];
    else open.push([record(node, 1), (prefix << 1n) | 1n, depth + 1], [record(node, 0), prefix << 1n, depth + 1]);
  }
}

function addressOf(number) {
  if (number < IPV4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
  return Array.from({ length: 8 }, (_, at) => ((number >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(':');
}

/** Writes the table where there is none, or an older one than the database. */
export function writeCountries(from, to) {
  if (fs.existsSync(to) && fs.statSync(to).mtimeMs >= fs.statSync(from).mtimeMs) return;
  fs.writeFileSync(to, countryTableOf(fs.readFileSync(from)));
}
