/** Finds the links of a Markdown document: CommonMark with GitHub's extensions, front matter, and HTML at its place. */
import { isWebUrl, resolveUrl } from '../urls/resolve.ts';
import type { DraftLink } from './drafts.ts';
import type { Link, ScanOptions, ScanResult } from './link.ts';
import type { Block } from './markdown/block.ts';
import { BlockParser } from './markdown/blocks.ts';
import { BlockCollector } from './markdown/collect.ts';
import type { Labels } from './markdown/inline.ts';

/**
 * Scans a whole Markdown document. Never throws; time is linear in the length of the text.
 *
 * @param text the document
 * @param options its own address, and whether to read wiki links and MDX
 */
export function scanMarkdown(text: string, options: ScanOptions = {}): ScanResult {
  const blocks = readBlocks(text);
  const collector = new BlockCollector(text, labelsOf(blocks));
  const links: Link[] = [];
  let position = 0;
  for (const block of blocks) {
    for (const link of collector.collect(block)) {
      finish(link, block.start, options.url);
      if (link.role === 'hyperlink' && isNumbered(link)) link.position = ++position;
      links.push(link);
    }
  }
  return {
    links,
    facts: {
      title: titleOf(blocks, collector),
      base: null,
      canonical: null,
      robots: { nofollow: false, noindex: false },
      language: null,
      charset: null,
    },
  };
}

function readBlocks(text: string): Block[] {
  const parser = new BlockParser(text, 0);
  while (parser.nextBlock() >= 0);
  return parser.take();
}

function labelsOf(blocks: readonly Block[]): Labels {
  const urls = new Map<string, string>();
  const footnotes = new Set<string>();
  for (const block of blocks) {
    for (const { key, url } of block.definitions) if (!urls.has(key)) urls.set(key, url);
    for (const key of block.footnotes) footnotes.add(key);
  }
  return { url: (key) => urls.get(key), hasFootnote: (key) => footnotes.has(key) };
}

function finish(link: DraftLink, shift: number, base: string | undefined): void {
  link.span = { start: link.span.start + shift, end: link.span.end + shift };
  link.resolved = resolveUrl(link.url, base);
}

/** Relative URLs count: they would lead to a page of the document's own site. */
function isNumbered(link: DraftLink): boolean {
  return link.resolved === null ? !/^[a-z][a-z0-9+.-]*:/i.test(link.url) : isWebUrl(link.resolved);
}

function titleOf(blocks: readonly Block[], collector: BlockCollector): string | null {
  for (const block of blocks) {
    for (const leaf of block.leaves) if (leaf.kind === 'heading') return collector.titleOf(block, leaf);
  }
  return null;
}
