/**
 * A Markdown document that is scanned once whole and then only where an edit can have changed something: blocks are parsed again from
 * shortly before the edit until one starts where one started before, and only new blocks and those that use a changed label are searched
 * for links.
 */
import { isWebUrl, resolverFor } from '../../urls/resolve.ts';
import { documentBase } from '../html/base.ts';
import { detachDrafts } from '../html/detach.ts';
import { FactsDraft } from '../html/pageFacts.ts';
import type { Edit, OpenDocument } from '../incremental.ts';
import type { Link, ScanOptions, ScanResult } from '../link.ts';
import { PlacedLinks } from '../placedLinks.ts';
import type { Block } from './block.ts';
import { BlockParser } from './blocks.ts';
import { Collector } from './collect.ts';
import { frontMatterEnd } from './frontMatter.ts';
import { LabelTable } from './labels.ts';
import { firstFact, gatherFacts } from './pageFacts.ts';
import { labelsIn, newPart, overlap, type Part } from './parts.ts';

export class MarkdownDocument implements OpenDocument {
  private text: string;
  private readonly options: ScanOptions;
  /** False for a document that is scanned only once: nothing is kept for updates. */
  private readonly keeps: boolean;
  private parts: Part[] = [];
  private labels = new LabelTable([]);
  private base: string | undefined;
  private frontEnd = 0;
  /** True from the first edit on: what is kept must then not keep whole versions of the text alive. */
  private edited = false;
  private latest: ScanResult;

  /** @param text with `options.mdx`, the text as `jsxToHtml` leaves it */
  constructor(text: string, options: ScanOptions, keeps: boolean) {
    this.text = text;
    this.options = options;
    this.keeps = keeps;
    this.latest = this.whole(text);
  }

  get result(): ScanResult {
    return this.latest;
  }

  update(text: string, edit: Edit): ScanResult {
    this.edited = true;
    this.latest = this.around(text, edit);
    return this.latest;
  }

  private whole(text: string): ScanResult {
    this.text = text;
    this.frontEnd = frontMatterEnd(this.text);
    this.parts = this.parse(0, 0, 0).blocks.map(newPart);
    this.labels = new LabelTable(this.parts);
    return this.search();
  }

  private around(text: string, edit: Edit): ScanResult {
    const frontEnd = frontMatterEnd(text);
    const shift = edit.inserted - edit.removed;
    const sameFront = frontEnd === this.frontEnd && (frontEnd === 0 || edit.start > frontEnd);
    // What stands first in a block can join the block before it; where that one starts it does not touch.
    const back = sameFront ? Math.max(0, this.partAt(edit.start) - 1) : 0;
    this.frontEnd = frontEnd;
    this.text = text;
    const { blocks, next } = this.parse(back === 0 ? 0 : (this.parts[back]?.block.start ?? 0), edit.start + edit.inserted, shift);
    const first = sameFront ? this.unchanged(blocks, back, edit.start) : back;
    const added = blocks.slice(first - back).map(newPart);
    const gone = this.parts.slice(first, next);
    const rest = this.parts.slice(next);
    for (const part of rest) part.block.start += shift;
    const kept = this.parts.slice(0, first);
    const last = kept.at(-1);
    if (last?.left) last.stale = true;
    this.parts = kept.concat(added, rest);
    if (labelsIn(gone) !== labelsIn(added)) this.relabel();
    return this.search();
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

  /** Index of the first part that the new blocks replace: those before end before the edit, where they ended before. */
  private unchanged(blocks: readonly Block[], back: number, editStart: number): number {
    let index = back;
    for (;;) {
      const end = blocks[index - back + 1]?.start;
      const same = blocks[index - back]?.start === this.parts[index]?.block.start && end === this.parts[index + 1]?.block.start;
      if (!same || end === undefined || end > editStart) return index;
      index++;
    }
  }

  /**
   * Parses from a block start until, after the edit, a block starts where one started before.
   *
   * @param shift how much further the text after the edit stands now
   * @returns the new blocks and the index of the part that follows them
   */
  private parse(from: number, editEnd: number, shift: number): { blocks: readonly Block[]; next: number } {
    const { parts } = this;
    const parser = new BlockParser(this.text, from, this.options);
    const startOf = (index: number) => (parts[index]?.block.start ?? Number.POSITIVE_INFINITY) + shift;
    let next = 0;
    if (parts.length > 0) {
      next = this.partAt(editEnd - shift);
      while (startOf(next) < editEnd || startOf(next) <= from) next++;
    }
    for (let start = parser.nextBlock(startOf(next)); start >= 0; start = parser.nextBlock(startOf(next))) {
      if (start === startOf(next)) return { blocks: parser.blocks.slice(0, -1), next };
      while (startOf(next) <= start) next++;
    }
    return { blocks: parser.blocks, next: parts.length };
  }

  private relabel(): void {
    const labels = new LabelTable(this.parts);
    const changed = labels.changedFrom(this.labels);
    this.labels = labels;
    if (changed.size === 0) return;
    for (const part of this.parts) if (part.asked !== null && overlap(part.asked, changed)) part.stale = true;
  }

  /** Searches stale parts and puts the result together. */
  private search(): ScanResult {
    const { parts, options } = this;
    this.collect();
    const base = documentBase(
      firstFact(parts, (facts) => facts.base),
      options.url,
    );
    if (base !== this.base && parts.some(({ links }) => links.finished)) {
      // Links that were given out are resolved against the old base.
      for (const part of parts) part.stale = true;
      this.collect();
    }
    this.base = base;
    const resolve = resolverFor(base);
    const hasWebBase = base !== undefined && isWebUrl(base);
    const links: Link[] = [];
    let before = 0;
    for (const { block, links: placed } of parts) {
      for (const link of placed.place(block.start, before, resolve, hasWebBase)) links.push(link);
      before += placed.numbered;
    }
    return { links, facts: gatherFacts(this.text, parts, resolve, base) };
  }

  private collect(): void {
    const { parts, labels } = this;
    this.spreadBack();
    const collector = new Collector(this.text, labels, this.options);
    // `inLink`: the collector holds an open link; `left`: the part before was left in one, searched now or before.
    let inLink = false;
    let left = false;
    for (const part of parts) {
      if (!part.stale && !inLink && part.entered === left) {
        left = part.left;
        continue;
      }
      if (this.keeps) labels.record();
      const found = collector.collect(part.block);
      if (this.edited) detachDrafts(found.drafts, new FactsDraft());
      part.stale = false;
      part.links = new PlacedLinks(found.drafts, part.block.start);
      part.facts = found.facts;
      part.entered = inLink;
      part.left = found.inLink;
      part.asked = labels.recorded();
      inLink = found.inLink;
      left = inLink;
    }
    collector.finish();
  }

  /** A stale part inside an HTML link makes those before it stale, back to the one where the link opened. */
  private spreadBack(): void {
    const { parts } = this;
    for (let index = parts.length - 1; index > 0; index--) {
      const before = parts[index - 1];
      if (parts[index]?.stale && before?.left) before.stale = true;
    }
  }
}
