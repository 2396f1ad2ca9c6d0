/** Tooltips of the trees: plain lines as Markdown that says exactly them. Text from the web stays text. Pure. */
import { escapeMarkdown } from '../../../shared/escapeMarkdown.ts';
import { GAP } from '../knownWords.ts';

/** The first line stands out, the others follow, each on its own. */
export function tooltipMarkdown(text: string): string {
  const [title = '', ...lines] = text
    .replaceAll(GAP, ' · ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const head = title === '' ? '' : `**${escapeMarkdown(title)}**`;
  return [head, lines.map(escapeMarkdown).join('  \n')].filter((part) => part !== '').join('\n\n');
}
