/**
 * A Markdown document that is scanned once whole and then only where an edit can have changed something: blocks are parsed again from
 * shortly before the edit until a block starts where one started before, and only new blocks and those that use a changed label are
 * searched for links.
 */
import { isWebUrl, resolverFor } from '../../urls/resolve.ts';
import { documentBase } from '../html/base.ts';
import type { Link, PageFacts, ScanOptions, ScanResult } from '../link.ts';
import type { Block } from './block.ts';
import { BlockParser } from './blocks.ts';
import { Collector } from './collect.ts';
import { frontMatterEnd } from './frontMatter.ts';
import { LabelTable } from './labels.ts';
import { firstFact, newPart, type Part, settle } from './parts.ts';
import { headingText } from './title.ts';

/** `removed` UTF-16 units from `start` on give way to `inserted` new ones. */
export interface Edit {
  readonly start: number;
  readonly removed: number;
  readonly inserted: number;
}

/** How many blocks before the edited one are parsed again. One is needed: what stands first in a block can join the one before it. */
const BLOCKS_BACK = 2;

export class MarkdownDocument {
  private text: string;
  private readonly options: ScanOptions;
  /** False for a document that is scanned only once: nothing is kept for updates. */
  private readonly keeps: boolean;
  private parts: Part[];
  private labels: LabelTable;
  private base: string | undefined;
  private frontEnd: number;
  private latest: ScanResult;

  constructor(text: string, options: ScanOptions, keeps: boolean) {
    this.text = text;
    this.options = options;
    this.keeps = keeps;
    this.frontEnd = frontMatterEnd(text);
    const parser = new BlockParser(text, 0, options);
    while (parser.nextBlock() >= 0);
    this.parts = parser.take().map(newPart);
    this.labels = new LabelTable(this.parts);
    this.base = undefined;
    this.latest = this.search();
  }

  get result(): ScanResult {
    return this.latest;
  }

  /**
   * Scans what an edit can have changed.
   *
   * @param text the whole document after the edit
   * @returns exactly what a scan of the whole text gives
   */
  update(text: string, edit: Edit): ScanResult {
    const frontEnd = frontMatterEnd(text);
    const shift = edit.inserted - edit.removed;
    const frontSame = frontEnd === this.frontEnd && (frontEnd === 0 || edit.start > frontEnd);
    const first = frontSame ? Math.max(0, this.partAt(edit.start) - BLOCKS_BACK) : 0;
    this.frontEnd = frontEnd;
    this.text = text;
    const from = first === 0 ? 0 : (this.parts[first]?.block.start ?? 0);
    const { blocks, next } = this.parseFrom(from, edit.start + edit.inserted, shift);
    const added = blocks.map(newPart);
    const gone = this.parts.slice(first, next);
    const rest = this.parts.slice(next);
    for (const part of rest) part.block.start += shift;
    const kept = this.parts.slice(0, first);
    const last = kept.at(-1);
    if (last?.left) last.stale = true;
    this.parts = kept.concat(added, rest);
    if (gone.some(definesLabels) || added.some(definesLabels)) this.relabel();
    this.latest = this.search();
    return this.latest;
  }

  /** Index of the last part that starts at or before an offset; 0 when none does. */
  private partAt(offset: number): number {
    let low = 0;
    let high = this.parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.parts[middle]?.block.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** Parses from a block start until, after the edit, a block starts where one started before. */
  private parseFrom(from: number, editEnd: number, shift: number): { blocks: Block[]; next: number } {
    const parser = new BlockParser(this.text, from, this.options);
    for (let start = parser.nextBlock(); start >= 0; start = parser.nextBlock()) {
      if (start < editEnd) continue;
      const met = this.partAt(start - shift);
      if (this.parts[met]?.block.start === start - shift && start > from) return { blocks: parser.take().slice(0, -1), next: met };
    }
    return { blocks: parser.take(), next: this.parts.length };
  }

  private relabel(): void {
    const labels = new LabelTable(this.parts);
    const changed = labels.changedFrom(this.labels);
    this.labels = labels;
    if (changed.size === 0) return;
    for (const part of this.parts) {
      if (part.asked !== null && overlap(part.asked, changed)) part.stale = true;
    }
  }

  /** Searches stale parts and puts the result together. */
  private search(): ScanResult {
    const { parts } = this;
    this.collect();
    const base = documentBase(
      firstFact(parts, (facts) => facts.base),
      this.options.url,
    );
    if (base !== this.base && this.keeps) {
      for (const part of parts) part.stale ||= part.drafts === null && part.links.length > 0;
      this.collect();
    }
    this.base = base;
    const resolve = resolverFor(base);
    const hasWebBase = base !== undefined && isWebUrl(base);
    const links: Link[] = [];
    let before = 0;
    for (const part of parts) {
      settle(part, before, resolve, hasWebBase);
      for (const link of part.links) links.push(link);
      before += part.numbered;
    }
    return { links, facts: this.facts(resolve) };
  }

  private collect(): void {
    const { parts, labels } = this;
    this.spreadBack();
    const collector = new Collector(this.text, labels, this.options);
    // `inLink`: the collector holds an open link; `left`: the block before was left in one, searched now or before.
    let inLink = false;
    let left = false;
    for (const part of parts) {
      if (!part.stale && !inLink && part.entered === left) {
        left = part.left;
        continue;
      }
      if (this.keeps) labels.record();
      const found = collector.collect(part.block);
      part.stale = false;
      part.drafts = found.drafts;
      part.facts = found.facts;
      part.entered = inLink;
      part.left = found.inLink;
      part.asked = labels.recorded();
      inLink = found.inLink;
      left = inLink;
    }
    collector.finish();
  }

  /** A stale block inside an HTML link makes those before it stale, back to the one where the link opened. */
  private spreadBack(): void {
    const { parts } = this;
    for (let index = parts.length - 1; index > 0; index--) {
      const before = parts[index - 1];
      if (parts[index]?.stale && before?.left) before.stale = true;
    }
  }

  private facts(resolve: (url: string) => string | null): PageFacts {
    const parts = this.parts.filter(({ facts }) => facts !== null);
    const canonical = firstFact(parts, (facts) => facts.canonical);
    return {
      title: frontMatterTitle(this.parts[0]) ?? headingText(this.text, this.parts) ?? firstFact(parts, (facts) => facts.title),
      base: this.base ?? null,
      canonical: canonical === null ? null : (resolve(canonical) ?? canonical),
      robots: { nofollow: parts.some(({ facts }) => facts?.robots.nofollow), noindex: parts.some(({ facts }) => facts?.robots.noindex) },
      language: firstFact(parts, (facts) => facts.language),
      charset: firstFact(parts, (facts) => facts.charset),
    };
  }
}

function definesLabels(part: Part): boolean {
  return part.block.definitions.length > 0 || part.block.footnotes.length > 0;
}

function frontMatterTitle(part: Part | undefined): string | null {
  return part?.block.leaves[0]?.kind === 'front' ? (part.facts?.title ?? null) : null;
}

function overlap(few: ReadonlySet<string>, many: ReadonlySet<string>): boolean {
  for (const key of few) if (many.has(key)) return true;
  return false;
}
