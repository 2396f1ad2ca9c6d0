/**
 * An HTML document that stays open. It is held in parts of some thousand characters, each beginning with a `<` where nothing is open that
 * later text depends on (no link, no svg, no raw text): a scan from there on depends on nothing before. After an edit the parts around it
 * are scanned again until a part begins where one began before.
 */
import { isWebUrl, resolverFor } from '../../urls/resolve.ts';
import { LinkDrafts } from '../drafts.ts';
import type { Edit, OpenDocument } from '../incremental.ts';
import type { Link, ScanOptions, ScanResult } from '../link.ts';
import { PlacedLinks } from '../placedLinks.ts';
import { documentBase } from './base.ts';
import { Collector } from './collector.ts';
import { detachDrafts } from './detach.ts';
import { FactsDraft, mergeFacts } from './pageFacts.ts';
import { HtmlScanner } from './scanner.ts';
import { dropUnknownFacts, dropUnknownLinks, isUnknown } from './templates.ts';

interface Part {
  /** Offset of its first character. */
  start: number;
  readonly links: PlacedLinks;
  readonly facts: FactsDraft;
}

const PART_LENGTH = 4096;
/** The tokenizer looks at most so far beyond a token to know where it ends (`<![CDATA[`). */
const LOOK_AHEAD = 16;

export class HtmlDocument implements OpenDocument {
  private readonly options: ScanOptions;
  private readonly partLength: number;
  private parts: Part[];
  private base: string | undefined;
  private latest: ScanResult;

  /**
   * @param text with `options.template`, the text as `paintTemplate` leaves it
   * @param partLength characters of a part at least; small parts make edits cheap, large ones the list of parts short
   */
  constructor(text: string, options: ScanOptions = {}, partLength = PART_LENGTH) {
    this.options = options;
    this.partLength = partLength;
    this.parts = this.scanParts(text, 0, [], 0, 0).added;
    this.base = this.findBase();
    this.latest = this.assemble();
  }

  get result(): ScanResult {
    return this.latest;
  }

  update(text: string, edit: Edit): ScanResult {
    const shift = edit.inserted - edit.removed;
    const first = this.partBefore(edit.start - LOOK_AHEAD);
    const from = this.parts[first]?.start ?? 0;
    // The first part that the edit left alone, where the scan may stop.
    const behind = this.partBefore(edit.start + edit.removed - 1) + 1;
    const { added, met } = this.scanParts(text, from, this.parts, behind, shift);
    for (let index = met; index < this.parts.length; index++) {
      const part = this.parts[index];
      if (part !== undefined) part.start += shift;
    }
    this.parts = this.parts.slice(0, first).concat(added, this.parts.slice(met));
    const base = this.findBase();
    if (base !== this.base) {
      this.base = base;
      this.parts = this.scanParts(text, 0, [], 0, 0).added;
    }
    this.latest = this.assemble();
    return this.latest;
  }

  /** Index of the last part that begins at or before the offset; 0 when none does. */
  private partBefore(offset: number): number {
    let low = 0;
    let high = this.parts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.parts[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  private findBase(): string | undefined {
    const base = this.parts.find(({ facts }) => facts.base !== null)?.facts.base ?? null;
    return documentBase(this.options.template === undefined || !isUnknown(base) ? base : null, this.options.url);
  }

  private facts(): FactsDraft {
    const facts = mergeFacts(this.parts.map((part) => part.facts));
    if (this.options.template !== undefined) dropUnknownFacts(facts);
    return facts;
  }

  private assemble(): ScanResult {
    const resolve = resolverFor(this.base);
    const hasWebBase = this.base !== undefined && isWebUrl(this.base);
    const links: Link[] = [];
    let before = 0;
    for (const part of this.parts) {
      const own = part.links.place(part.start, before, resolve, hasWebBase);
      for (let index = 0; index < own.length; index++) links.push(own[index] as Link);
      before += part.links.numbered;
    }
    return { links, facts: this.facts().finish(resolve, this.base ?? null) };
  }

  /**
   * Scans from a part's beginning until the end or a place where an old part begins.
   *
   * @param old parts of the text before the edit, of which those from `behind` on stand `shift` further now
   * @returns the new parts and the index of the old part that follows them
   */
  private scanParts(text: string, from: number, old: readonly Part[], behind: number, shift: number): { added: Part[]; met: number } {
    const collector = new Collector(text, 0, new LinkDrafts(), new FactsDraft());
    const scanner = new HtmlScanner(text, collector);
    const startOf = (index: number) => (old[index]?.start ?? Number.POSITIVE_INFINITY) + shift;
    const added: Part[] = [];
    let met = behind;
    let at = from;
    do {
      const drafts = new LinkDrafts();
      const facts = new FactsDraft();
      collector.writeTo(drafts, facts);
      const start = at;
      at = scanner.run(start, Math.min(start + this.partLength, startOf(met)));
      if (at >= text.length) collector.closeLink();
      if (this.options.template !== undefined) dropUnknownLinks(drafts);
      if (old.length > 0) detachDrafts(drafts, facts);
      added.push({ start, links: new PlacedLinks(drafts, start), facts });
      while (startOf(met) < at) met++;
    } while (at < text.length && startOf(met) !== at);
    return { added, met: at < text.length ? met : old.length };
  }
}
