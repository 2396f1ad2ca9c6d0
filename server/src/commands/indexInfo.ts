/** `backlink-lens index info`: what an index holds. */
import { openIndex } from '../linkIndex/sqlite/openIndex.ts';
import type { IndexInfo } from '../linkIndex/store.ts';
import { safeText } from '../util/terminal.ts';
import type { Io } from './io.ts';

/** Prints it, as text or as JSON. */
export async function printInfo(io: Io, file: string, json: boolean): Promise<void> {
  const store = openIndex(file);
  try {
    const info = await store.info(io.signal);
    io.out(json ? `${JSON.stringify(info, null, 2)}\n` : infoText(file, info, io.locale));
  } finally {
    await store.close();
  }
}

/** Pages and links in a line; of ranks alone the domains. */
export function infoLine(info: IndexInfo, locale: string): string {
  const n = (value: number) => value.toLocaleString(locale);
  if (info.pages === 0 && info.links === 0 && info.ranks != null) return `the ranks of ${n(info.ranks.domains)} domains`;
  return `${n(info.pages)} pages, ${n(info.links)} links (${n(info.internalLinks)} internal)`;
}

function infoText(file: string, info: IndexInfo, locale: string): string {
  const n = (value: number) => value.toLocaleString(locale);
  const facts: readonly (readonly [string, string])[] = [
    ['index', file],
    ['holds', infoLine(info, locale)],
    ['knows', `${n(info.knownUrls)} URLs on ${n(info.hosts)} hosts of ${n(info.domains)} domains`],
    ['captured', capturedWords(info)],
    ['built', info.builtAt],
    ['strength', strengthWords(info)],
    ...info.topPages.map(({ url, strength }, at) => [at === 0 ? 'strongest' : '', `${strength.toFixed(1)}  ${url}`] as const),
    ['generation', info.generation],
    ...listedFacts(info, n),
    ...info.inputs.map(
      ({ name, pages, links, note }) => ['input', `${name}: ${n(pages)} pages, ${n(links)} links${note === null ? '' : `; ${note}`}`] as const,
    ),
  ];
  return facts.map(([name, value]) => `${name.padEnd(11)} ${safeText(value)}\n`).join('');
}

/** What lists say: only where there are some. */
function listedFacts({ ranks, stated = 0 }: IndexInfo, n: (value: number) => string): (readonly [string, string])[] {
  const facts: (readonly [string, string])[] = [];
  if (stated > 0) facts.push(['stated', `totals or referring domains of ${n(stated)} targets, as lists give them`]);
  if (ranks != null) {
    const of = ranks.population === null ? '; how many there are in all is not known' : ` of ${n(ranks.population)}`;
    facts.push(['ranks', `${n(ranks.domains)} domains${of}${ranks.release === null ? '' : `, ${ranks.release}`}`]);
  }
  return facts;
}

function capturedWords({ firstCapture, lastCapture }: IndexInfo): string {
  if (firstCapture === null) return 'no dates';
  return firstCapture === lastCapture ? firstCapture : `${firstCapture} to ${lastCapture}`;
}

function strengthWords({ strength }: IndexInfo): string {
  return strength === null ? 'not computed' : `PageRank, damping ${strength.damping}, ${strength.iterations} iterations`;
}
