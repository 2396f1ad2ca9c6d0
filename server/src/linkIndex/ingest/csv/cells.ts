/** What stands in a cell of an export: texts without spreadsheet armour, numbers and dates in the ways of several countries. */

/** Grouped in threes by point, comma, apostrophe or a blank of any kind. */
const GROUPED = /^\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+$/;
const TRUE = /^(?:1|true|yes|y|x|\+|wahr|ja|vrai|oui|verdadero|si|sí)$/i;
const FALSE = /^(?:|0|-|–|false|no|n|falsch|nein|faux|non|falso|n\/a)$/i;

/**
 * A cell's text: without blanks around it, and without what exporters put before a text so that no spreadsheet takes it for a formula
 * (`'=SUM`, `="text"`).
 */
export function cellText(cell: string | undefined): string {
  if (cell === undefined) return '';
  const text = cell.trim();
  if (text.startsWith("'") && /^'[=+\-@\t]/.test(text)) return text.slice(1);
  return text.startsWith('="') && text.endsWith('"') && text.length > 2 ? text.slice(2, -1) : text;
}

/** A count, grouped or not; null where the cell has none. */
export function cellCount(cell: string | undefined): number | null {
  const text = cellText(cell);
  const digits = GROUPED.test(text) ? text.replace(/\D/g, '') : text;
  if (!/^\d{1,15}(?:[.,]0+)?$/.test(digits)) return null;
  return Number.parseInt(digits, 10);
}

/** A score with a decimal point or comma; null where the cell has none. */
export function cellScore(cell: string | undefined): number | null {
  const text = cellText(cell).replace(/\s*%$/, '').replace(',', '.');
  return /^\d{1,6}(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** Yes or no; an empty cell is no, what is neither is null. */
export function cellFlag(cell: string | undefined): boolean | null {
  const text = cellText(cell);
  if (TRUE.test(text)) return true;
  return FALSE.test(text) ? false : null;
}
