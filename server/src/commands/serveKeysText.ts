/** What `serve keys` prints. */
import stringWidth from 'string-width';
import type { KeyInfo } from '../api/access/keyFile.ts';
import { safeText } from '../util/terminal.ts';

/** A key that was just made: the only time that its secret is seen. */
export function addedText(
  { id, secret, name, credits }: { readonly id: string; readonly secret: string; readonly name: string; readonly credits: number | null },
  locale: string,
): string {
  return [
    `Key ${safeText(name)} is made. Keep its secret now: only a hash of it is stored, and it is not shown again.`,
    `  id       ${id}`,
    `  secret   ${secret}`,
    `  credits  ${credits === null ? 'not counted' : credits.toLocaleString(locale)}`,
    'A token for it: curl -u ID:SECRET -d grant_type=client_credentials http://127.0.0.1:8700/v3/token',
    '',
  ].join('\n');
}

/** One line a key: name, id, credits left, spent, last call, state. */
export function keysTable(keys: readonly KeyInfo[], locale: string): string {
  if (keys.length === 0) return 'There are no keys yet: backlink-lens serve keys add NAME\n';
  const rows = keys.map((key) => [
    safeText(key.name),
    key.id,
    key.granted === null ? '–' : (key.granted - key.spent).toLocaleString(locale),
    key.spent.toLocaleString(locale),
    key.used === null ? 'never' : new Date(key.used).toISOString().slice(0, 16).replace('T', ' '),
    key.suspended === null ? 'in use' : 'suspended',
  ]);
  const table = [['name', 'id', 'left', 'spent', 'last call (UTC)', 'state'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => stringWidth(row[column] ?? ''))));
  const cell = (text: string, column: number) => {
    const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(text)));
    return column === 2 || column === 3 ? room + text : text + room;
  };
  return `${table.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')}\n`;
}
