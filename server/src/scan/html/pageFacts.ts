/** Page facts as they are come upon: the first of each counts, robots directives add up. */
import type { PageFacts } from '../link.ts';

/** What the tags of a document say of it; URLs as written. */
export class FactsDraft {
  title: string | null = null;
  base: string | null = null;
  canonical: string | null = null;
  nofollow = false;
  noindex = false;
  language: string | null = null;
  charset: string | null = null;

  /** `<meta name=robots>`. Directives: Google Search Central, "Robots meta tag". */
  addRobots(content: string): void {
    for (const directive of content.toLowerCase().split(',')) {
      const word = directive.trim();
      if (word === 'nofollow' || word === 'none') this.nofollow = true;
      if (word === 'noindex' || word === 'none') this.noindex = true;
    }
  }

  /**
   * @param resolve gives the absolute form of a URL, or null
   * @param base the absolute base of the document, or null
   */
  finish(resolve: (url: string) => string | null, base: string | null): PageFacts {
    return {
      title: this.title,
      base,
      canonical: this.canonical === null ? null : (resolve(this.canonical) ?? this.canonical),
      robots: { nofollow: this.nofollow, noindex: this.noindex },
      language: this.language,
      charset: this.charset,
    };
  }
}

/** The facts of a document scanned in parts, in their order. */
export function mergeFacts(parts: readonly FactsDraft[]): FactsDraft {
  const merged = new FactsDraft();
  for (const part of parts) {
    merged.title ??= part.title;
    merged.base ??= part.base;
    merged.canonical ??= part.canonical;
    merged.language ??= part.language;
    merged.charset ??= part.charset;
    merged.nofollow ||= part.nofollow;
    merged.noindex ||= part.noindex;
  }
  return merged;
}
