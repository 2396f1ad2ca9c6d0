/**
 * HTML inside another language: Markdown hands over its HTML blocks and inline tags one by one, and the text between them, so that a link
 * may open in one fragment and close in another.
 */
import type { LinkDrafts } from '../drafts.ts';
import type { PageFacts } from '../link.ts';
import { TagAttributes } from './attributes.ts';
import { Collector } from './collector.ts';
import { IdleTags } from './idleTags.ts';
import { FactsDraft } from './pageFacts.ts';
import { HtmlScanner } from './scanner.ts';

/** Scans stretches of one document in order. Offsets of the drafts are those of the whole document. */
export class HtmlFragments {
  private readonly text: string;
  private readonly facts = new FactsDraft();
  private readonly collector: Collector;
  // One for all fragments: a document can have a hundred thousand.
  private readonly attributes = new TagAttributes();
  private readonly idle = new IdleTags();

  /** @param drafts where links go; resolve and number them with `finishLinks` when the document is through */
  constructor(text: string, drafts: LinkDrafts) {
    this.text = text;
    this.collector = new Collector('', 0, drafts, this.facts);
  }

  /** `<base href>` as written, or null. */
  get base(): string | null {
    return this.facts.base;
  }

  /** True while a link is open, whose text the fragments and words to come belong to. */
  get inLink(): boolean {
    return this.collector.wantsText;
  }

  /** Scans the stretch as HTML. Reads nothing beyond `end`. */
  scan(start: number, end: number): void {
    const fragment = this.text.slice(start, end);
    this.collector.moveTo(fragment, start);
    new HtmlScanner(fragment, this.collector, this.attributes, this.idle).run(0, Number.POSITIVE_INFINITY);
  }

  /** Text between fragments as the reader sees it, without markup. */
  addWords(words: string): void {
    this.collector.addWords(words);
  }

  /** An image between fragments. */
  addImage(alt: string): void {
    this.collector.addImage(alt);
  }

  /** The end of a paragraph or of the document closes an open link. */
  closeLink(): void {
    this.collector.closeLink();
  }

  /** What the HTML says of the page: see FactsDraft.finish. */
  finish(resolve: (url: string) => string | null, base: string | null): PageFacts {
    this.collector.closeLink();
    return this.facts.finish(resolve, base);
  }
}

/** Scans one stretch on its own; a link that is open at its end is closed there. */
export function scanHtmlFragment(text: string, start: number, end: number, drafts: LinkDrafts): void {
  const fragments = new HtmlFragments(text, drafts);
  fragments.scan(start, end);
  fragments.closeLink();
}
