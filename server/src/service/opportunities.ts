/** Pages of the folder that name a page without linking to it: read when somebody asks, the most linked first. */
import { setImmediate } from 'node:timers/promises';
import type { Opportunities, Opportunity } from '../../../shared/thisPage.ts';
import { linkedWords } from '../features/linkText.ts';
import { firstMention, type Mention, titleWords } from '../features/mentions.ts';
import { optionsOfFile, type ScannerKind } from '../scan/languages.ts';
import { SCANNERS } from '../scan/scanners.ts';
import { isAbort } from '../util/errors.ts';
import { lineIndex } from '../util/lineIndex.ts';
import { pageKind } from '../workspace/paths.ts';
import type { StrongPage, Workspace } from '../workspace/workspace.ts';
import type { OpenDocuments } from './openDocuments.ts';

/** Pages looked at at most: reading them takes seconds. */
const MOST_PAGES = 5_000;
/** As many as somebody will link. */
const MOST_FOUND = 50;
/** Files read at once. */
const BATCH = 16;
/** Characters shown around the words. */
const AROUND = 60;

interface Parts {
  readonly workspace: Workspace;
}

export async function findOpportunities(uri: string, { workspace }: Parts, open: OpenDocuments, signal: AbortSignal): Promise<Opportunities> {
  await workspace.whenReady(signal);
  const own = await textOf(uri, workspace, open, signal);
  const titles = own === null ? [] : titleWords(titleOf(own, uri));
  const pages = titles.length === 0 ? [] : workspace.strongest(uri).slice(0, MOST_PAGES);
  const found: Opportunity[] = [];
  let looked = 0;
  for (let at = 0; at < pages.length && found.length < MOST_FOUND; at += BATCH) {
    signal.throwIfAborted();
    const batch = pages.slice(at, at + BATCH);
    const texts = await Promise.all(batch.map(async (page) => textOf(page.uri, workspace, open, signal)));
    for (const [index, page] of batch.entries()) {
      const text = texts[index] ?? null;
      const kind = pageKind(page.uri);
      const mention = text === null || kind === null ? null : firstMention(text, kind, titles);
      if (text !== null && kind !== null && mention !== null) found.push(opportunity(uri, page, { text, kind, mention }, workspace));
      looked++;
    }
    await setImmediate();
  }
  return { found: found.slice(0, MOST_FOUND), titles, looked, of: pages.length };
}

function titleOf(text: string, uri: string): string | null {
  return SCANNERS[pageKind(uri) ?? 'html'](text, optionsOfFile(uri)).facts.title;
}

/** Null for a file that cannot be read. */
async function textOf(uri: string, workspace: Workspace, open: OpenDocuments, signal: AbortSignal): Promise<string | null> {
  const held = open.text(uri);
  if (held !== null) return held.text;
  try {
    return await workspace.read(uri, signal);
  } catch (error) {
    if (isAbort(error)) throw error;
    return null;
  }
}

interface Found {
  readonly text: string;
  readonly kind: ScannerKind;
  readonly mention: Mention;
}

function opportunity(uri: string, page: StrongPage, { text, kind, mention: { start, end } }: Found, workspace: Workspace): Opportunity {
  const at = lineIndex(text);
  const words = text.slice(start, end);
  const site = workspace.site(uri);
  const address = site?.address ?? site?.guess?.address ?? null;
  const ends = { from: workspace.pathOf(page.uri), to: workspace.pathOf(uri), builder: site?.builder ?? null, address };
  return {
    uri: page.uri,
    range: { start: at(start), end: at(end) },
    text: words,
    newText: linkedWords(words, kind, ends),
    line: `${before(text, start)}${words}${behind(text, end)}`.replace(/\s+/gu, ' ').trim(),
    linkingPages: page.linkingPages,
  };
}

function before(text: string, start: number): string {
  const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - AROUND);
  return text.slice(from, start);
}

function behind(text: string, end: number): string {
  const line = text.indexOf('\n', end);
  return text.slice(end, Math.min(line < 0 ? text.length : line, end + AROUND));
}
