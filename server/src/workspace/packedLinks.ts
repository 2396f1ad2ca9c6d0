/** The links of a page as the graph keeps them: six numbers and a piece of one text for each. A folder may have hundreds of thousands. */
import type { LocalLink } from './linkGraph.ts';
import type { Names } from './names.ts';

/** Numbers a link: what it wants, what else it may mean plus one, and its range. */
const WIDTH = 6;
/** Stands between the texts; link texts have their white space collapsed. */
const BETWEEN = '\n';

export interface PackedLinks {
  readonly numbers: Uint32Array;
  readonly texts: string;
}

const EMPTY: PackedLinks = { numbers: new Uint32Array(0), texts: '' };

export function packLinks(links: readonly LocalLink[], names: Names): PackedLinks {
  if (links.length === 0) return EMPTY;
  const numbers = new Uint32Array(links.length * WIDTH);
  for (const [index, { wanted, or, range }] of links.entries()) {
    numbers.set([names.add(wanted), or === null ? 0 : names.add(or) + 1, ...range], index * WIDTH);
  }
  const texts = links.map(({ text }) => text.replaceAll(BETWEEN, ' ')).join(BETWEEN);
  // A joined text is a tree of its parts until it is read: flat, it is one row of bytes.
  return { numbers, texts: Buffer.from(texts, 'utf8').toString('utf8') };
}

export function linkCount({ numbers }: PackedLinks): number {
  return numbers.length / WIDTH;
}

/** What a link wants, by number. */
export function wantedAt({ numbers }: PackedLinks, index: number): number {
  return numbers[index * WIDTH] ?? 0;
}

/** What else it may mean, by number; -1 for nothing. */
export function orAt({ numbers }: PackedLinks, index: number): number {
  return (numbers[index * WIDTH + 1] ?? 0) - 1;
}

/** The links whose place in the page is asked for. */
export function unpackLinks(packed: PackedLinks, names: Names, wanted: (index: number) => boolean = () => true): LocalLink[] {
  const texts = packed.texts.split(BETWEEN);
  const links: LocalLink[] = [];
  for (let index = 0; index < linkCount(packed); index++) {
    if (!wanted(index)) continue;
    const at = index * WIDTH + 2;
    const [startLine = 0, startCharacter = 0, endLine = 0, endCharacter = 0] = packed.numbers.subarray(at, at + 4);
    const or = orAt(packed, index);
    links.push({
      wanted: names.textOf(wantedAt(packed, index)),
      or: or < 0 ? null : names.textOf(or),
      range: [startLine, startCharacter, endLine, endCharacter],
      text: texts[index] ?? '',
    });
  }
  return links;
}

/** Every number that a page's links want, once each. */
export function wantedIds(packed: PackedLinks): Set<number> {
  const ids = new Set<number>();
  for (let index = 0; index < linkCount(packed); index++) {
    ids.add(wantedAt(packed, index));
    const or = orAt(packed, index);
    if (or >= 0) ids.add(or);
  }
  return ids;
}

/** The links were taken out: their texts are in use once less each. */
export function releaseLinks(packed: PackedLinks, names: Names): void {
  for (let index = 0; index < linkCount(packed); index++) {
    names.drop(wantedAt(packed, index));
    const or = orAt(packed, index);
    if (or >= 0) names.drop(or);
  }
}
