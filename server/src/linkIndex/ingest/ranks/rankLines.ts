/**
 * Lines of a file of ranks: `#harmonicc_pos #harmonicc_val #pr_pos #pr_val #host_rev [#n_hosts]`, separated by tabs, names top-level domain
 * first. Source: the announcements of Common Crawl's web graphs.
 */
import { BacklinkLensError } from '../../../util/errors.ts';
import { turnedName } from '../reversedName.ts';

/** Where the columns stand. */
export interface RankColumns {
  readonly harmonic: number;
  readonly pageRank: number;
  readonly name: number;
}

/** Without a header, as every release has had it. */
const USUAL: RankColumns = { harmonic: 0, pageRank: 2, name: 4 };
const ROW = /^\d+[\t ]+[\d.]+(?:E-?\d+)?[\t ]+\d+[\t ]+[\d.]+(?:E-?\d+)?[\t ]+[a-z0-9_.-]+/i;

export interface RankRow {
  /** Registrable domain, null where the file names none in ASCII. */
  readonly name: string | null;
  readonly harmonic: number;
  readonly pageRank: number;
}

/** True for the text a file of ranks begins with. */
export function beginsRanks(text: string): boolean {
  return /^#[^\n]*harmonicc_pos/.test(text) || ROW.test(text.slice(0, 1000));
}

/**
 * The columns that a first line names.
 *
 * @returns null when the line is a row already
 * @throws BacklinkLensError input.unknown-table when it is neither
 */
export function rankColumns(line: string): RankColumns | null {
  if (!line.startsWith('#')) {
    if (ROW.test(line)) return null;
    throw new BacklinkLensError('input.unknown-table', 'is no list of ranks: its first line names no columns and is no row');
  }
  const names = line.split(/[\t ]+/).map((name) => name.replace(/^#/, '').toLowerCase());
  const columns = {
    harmonic: names.indexOf('harmonicc_pos'),
    pageRank: names.indexOf('pr_pos'),
    name: names.findIndex((name) => name === 'host_rev' || name === 'domain_rev'),
  };
  if (columns.harmonic < 0 || columns.name < 0) {
    throw new BacklinkLensError('input.unknown-table', `is no list of ranks: it has the columns ${names.join(', ').slice(0, 200)}`);
  }
  return columns;
}

/** A row, or null for a line that is none. */
export function rankRow(line: string, { harmonic, pageRank, name }: RankColumns = USUAL): RankRow | null {
  const cells = line.split(/[\t ]+/);
  const place = Number(cells[harmonic]);
  if (!Number.isSafeInteger(place) || place < 1) return null;
  return { name: turnedName(cells[name] ?? ''), harmonic: place, pageRank: Number(cells[pageRank]) || 0 };
}
