/** An MMDB file whose whole tree is one node: every address has the same record. Format: MaxMind DB File Format Specification 2.0. */
import { writeFileSync } from 'node:fs';

type Value = string | number | { readonly [name: string]: Value };

/** Writes the file. */
export function writeTinyMmdb(file: string, record: Value, ipVersion: 4 | 6 = 6): void {
  const nodeCount = 1;
  const pointer = Buffer.alloc(3);
  pointer.writeUIntBE(nodeCount + 16, 0, 3);
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    database_type: 'Test',
    ip_version: ipVersion,
    node_count: nodeCount,
    record_size: 24,
  };
  const tree = Buffer.concat([pointer, pointer]);
  writeFileSync(file, Buffer.concat([tree, Buffer.alloc(16), encode(record), Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), encode(metadata)]));
}

const STRING = 2;
const UINT32 = 6;
const MAP = 7;

function encode(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(STRING, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([control(UINT32, 4), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([control(MAP, entries.length), ...entries.flatMap(([name, inner]) => [encode(name), encode(inner)])]);
}

/** Sizes below 29 only. */
function control(type: number, size: number): Buffer {
  return Buffer.of((type << 5) | size);
}
