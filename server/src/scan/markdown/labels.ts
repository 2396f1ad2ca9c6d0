/** The labels a document defines: link reference definitions, of which the first counts, and footnotes. */
import type { Block } from './block.ts';
import type { Labels } from './inline.ts';

/** Stands before the keys of footnotes where both kinds are listed together. */
const FOOTNOTE = '^';

export class LabelTable implements Labels {
  private readonly urls = new Map<string, string>();
  private readonly footnotes = new Set<string>();
  private asked: Set<string> | null = null;

  constructor(parts: Iterable<{ readonly block: Block }>) {
    for (const { block } of parts) {
      for (const { key, url } of block.definitions) if (!this.urls.has(key)) this.urls.set(key, url);
      for (const key of block.footnotes) this.footnotes.add(key);
    }
  }

  url(key: string): string | undefined {
    this.asked?.add(key);
    return this.urls.get(key);
  }

  hasFootnote(key: string): boolean {
    this.asked?.add(FOOTNOTE + key);
    return this.footnotes.has(key);
  }

  /** Starts to note what is asked for. */
  record(): void {
    this.asked = null;
    this.asked = new Set();
  }

  /** What was asked for since `record`, found or not; null for nothing. */
  recorded(): ReadonlySet<string> | null {
    const { asked } = this;
    return asked === null || asked.size === 0 ? null : asked;
  }

  /** Keys that one of the two tables answers differently, in the form of `recorded`. */
  changedFrom(old: LabelTable): Set<string> {
    const changed = new Set<string>();
    for (const [key, url] of this.urls) if (old.urls.get(key) !== url) changed.add(key);
    for (const key of old.urls.keys()) if (!this.urls.has(key)) changed.add(key);
    for (const key of this.footnotes) if (!old.footnotes.has(key)) changed.add(FOOTNOTE + key);
    for (const key of old.footnotes) if (!this.footnotes.has(key)) changed.add(FOOTNOTE + key);
    return changed;
  }
}
