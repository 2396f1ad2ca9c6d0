/** Tables of `query` for a terminal. Text from the web is data: no control characters, cut to the width there is. */
import stringWidth from 'string-width';
import { type Backlink, FOLLOWABLE_TAGS, type Strength } from '../../../shared/backlinks.ts';
import type { FollowedShare } from '../../../shared/queries.ts';
import { cell, cut, safeText } from '../util/terminal.ts';

/** A column of a table; the last one takes the room that is left. */
export interface Column<T> {
  readonly head: string;
  readonly side?: 'left' | 'right';
  readonly of: (entry: T, locale: string) => string;
}

/** A row of links with how many more its domain has. */
export interface RowEntry {
  readonly row: Backlink;
  readonly more: number | null;
}

export function number<T>(head: string, of: (entry: T) => number | null): Column<T> {
  return { head, side: 'right', of: (entry, locale) => of(entry)?.toLocaleString(locale) ?? '' };
}

export function day<T>(head: string, of: (entry: T) => string | null): Column<T> {
  return { head, of: (entry) => of(entry) ?? 'no date' };
}

/** Followed links among those that can be followed, as a share. */
export function share<T>(of: (entry: T) => FollowedShare | null): Column<T> {
  return {
    head: 'followed',
    side: 'right',
    of: (entry) => {
      const part = of(entry);
      return part === null || part.of === 0 ? '–' : `${Math.round((100 * part.links) / part.of)} %`;
    },
  };
}

/** A vendor's score stands under its own name: it is no strength of this index. */
export function strength<T>(of: (entry: T) => Strength | null): Column<T> {
  return {
    head: 'strength',
    side: 'right',
    of: (entry) => {
      const found = of(entry);
      if (found === null) return '?';
      return found.basis === 'vendor' ? `${found.name} ${found.value}` : found.value.toFixed(1);
    },
  };
}

/** Rows of links. */
export const ROW_COLUMNS: readonly Column<RowEntry>[] = [
  strength(({ row }) => row.strength),
  { head: 'link', of: ({ row }) => [row.tag ?? '?', followedWord(row)].join(' ') },
  day('first seen', ({ row }) => row.firstSeen),
  { head: 'lost', of: ({ row }) => (row.lost === null ? '' : `${row.lost.on} ${row.lost.reason}`) },
  { head: 'more', side: 'right', of: ({ more }, locale) => (more === null || more === 0 ? '' : `+${more.toLocaleString(locale)}`) },
  { head: 'text', of: ({ row }) => cut(safeText(row.anchorText ?? '(not said)'), 30) },
  { head: 'page', of: ({ row }) => row.sourceUrl },
];

function followedWord({ tag, nofollow }: Backlink): string {
  if (nofollow === null || tag === null || !FOLLOWABLE_TAGS.includes(tag)) return '';
  return nofollow ? 'nofollow' : 'followed';
}

export interface Screen {
  readonly locale: string;
  readonly columns: number;
}

/** What a table is a part of. */
export interface Part {
  /** What the entries are called, in the plural. */
  readonly entries: string;
  readonly offset: number;
  readonly total: number;
}

/** A table with a line that says what part of the whole it is. */
export function drawn<T>(columns: readonly Column<T>[], items: readonly T[], part: Part, screen: Screen): string {
  return items.length === 0 ? countLine(items.length, part, screen) : table(columns, items, screen) + countLine(items.length, part, screen);
}

function countLine(shown: number, { entries, offset, total }: Part, { locale }: Screen): string {
  const n = (value: number): string => value.toLocaleString(locale);
  if (total === 0) return `${entries}: none seen in this index\n`;
  if (shown === 0) return `${entries}: ${n(total)} in all, none from here on\n`;
  return `${entries}: ${shown === total ? '' : `${n(offset + 1)} to ${n(offset + shown)} of `}${n(total)}\n`;
}

/** Heads and entries; a column that is empty throughout is left out. */
function table<T>(columns: readonly Column<T>[], entries: readonly T[], { locale, columns: width }: Screen): string {
  const filled = columns
    .map((column) => ({ ...column, cells: entries.map((entry) => safeText(column.of(entry, locale))) }))
    .filter(({ cells }, at) => at === columns.length - 1 || cells.some((text) => text !== ''));
  const widths = filled.map(({ head, cells }) => cells.reduce((most, text) => Math.max(most, stringWidth(text)), stringWidth(head)));
  const line = (texts: readonly string[]): string => {
    const cells = texts.map((text, at) => (at === texts.length - 1 ? text : cell(text, widths[at] ?? 0, filled[at]?.side ?? 'left')));
    return `${cut(cells.join('  ').trimEnd(), width)}\n`;
  };
  return line(filled.map(({ head }) => safeText(head))) + entries.map((_, row) => line(filled.map(({ cells }) => cells[row] ?? ''))).join('');
}
