/** What our two phases find in a document, in the words of the oracle: destinations, definitions, autolinks and raw HTML with their ranges. */
import { type Leaf, sourceOffset } from '../../../../server/src/scan/markdown/block.ts';
import { BlockParser } from '../../../../server/src/scan/markdown/blocks.ts';
import { InlineParser, type InlineSink } from '../../../../server/src/scan/markdown/inline.ts';
import { LabelTable } from '../../../../server/src/scan/markdown/labels.ts';
import { oracleSites, type Site } from './oracle.ts';

const NAMES = {
  'md-link': 'link',
  'md-image': 'image',
  'md-reference': 'reference',
  'md-image-reference': 'image-reference',
  'md-autolink': 'autolink',
  'md-wiki': 'wiki',
  'md-wiki-image': 'wiki',
} as const;

/** Everything we find, sorted, in the form of `oracleSites`. */
export function ourSites(text: string): Site[] {
  const blocks = new BlockParser(text, 0, {});
  while (blocks.nextBlock(Number.POSITIVE_INFINITY) >= 0);
  const labels = new LabelTable(blocks.blocks.map((block) => ({ block })));
  const sites: Site[] = [];
  let shift = 0;
  let joined: Leaf['joined'] = null;
  const place = (at: number) => (joined === null ? at : sourceOffset(joined, at) + shift);
  const range = (start: number, end: number) => `${place(start)} ${end > start ? place(end - 1) + 1 : place(start)}`;
  const sink: InlineSink = {
    link(syntax, start, end) {
      const empty = start === end && (syntax === 'md-link' || syntax === 'md-image');
      sites.push(empty ? `empty ${NAMES[syntax]}` : `${NAMES[syntax]} ${range(start, end)}`);
    },
    html(start, end) {
      sites.push(`html ${range(start, end)}`);
      return null;
    },
    wantsWords: false,
    words: () => {},
    image: () => {},
  };
  const inline = new InlineParser(labels, sink, false);
  for (const block of blocks.blocks) {
    shift = block.start;
    for (const { start, end } of block.definitions) sites.push(start === end ? 'empty definition' : `definition ${start + shift} ${end + shift}`);
    for (const leaf of block.leaves) {
      joined = leaf.joined;
      const from = joined === null ? leaf.start + shift : leaf.start;
      if (leaf.kind === 'html') sites.push(`htmlblock ${place(from)}`);
      else if (leaf.kind !== 'front') inline.parse(joined?.text ?? text, from, joined === null ? leaf.end + shift : leaf.end);
    }
  }
  return sites.sort();
}

/** What only one of the two finds, as `missed …` and `extra …`. */
export function differences(text: string): string[] {
  const counts = new Map<Site, number>();
  for (const site of oracleSites(text)) counts.set(site, (counts.get(site) ?? 0) + 1);
  for (const site of ourSites(text)) counts.set(site, (counts.get(site) ?? 0) - 1);
  return [...counts].filter(([, count]) => count !== 0).map(([site, count]) => `${count > 0 ? 'missed' : 'extra'} ${site}`);
}
