/** What a Markdown document says of itself: front matter first, then its headings, then HTML inside it. */
import type { PageFacts } from '../link.ts';
import type { Part } from './parts.ts';
import { headingText } from './title.ts';

/** The first fact of a kind that any part states. */
export function firstFact<T>(parts: readonly Pick<Part, 'facts'>[], read: (facts: PageFacts) => T | null): T | null {
  for (const { facts } of parts) {
    const found = facts === null ? null : read(facts);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Puts the facts of the parts together.
 *
 * @param base the absolute base of the document, if it has one
 */
export function gatherFacts(text: string, parts: readonly Part[], resolve: (url: string) => string | null, base: string | undefined): PageFacts {
  const stated = parts.filter(({ facts }) => facts !== null);
  const [first] = parts;
  const front = first?.block.leaves[0]?.kind === 'front' ? (first.facts?.title ?? null) : null;
  const canonical = firstFact(stated, (facts) => facts.canonical);
  return {
    title: front ?? firstHeading(text, parts) ?? firstFact(stated, (facts) => facts.title),
    base: base ?? null,
    canonical: canonical === null ? null : (resolve(canonical) ?? canonical),
    robots: {
      nofollow: stated.some(({ facts }) => facts?.robots.nofollow),
      noindex: stated.some(({ facts }) => facts?.robots.noindex),
    },
    language: firstFact(stated, (facts) => facts.language),
    charset: firstFact(stated, (facts) => facts.charset),
  };
}

function firstHeading(text: string, parts: readonly Part[]): string | null {
  for (const part of parts) {
    if (part.heading === undefined) part.heading = headingText(text, part.block);
    if (part.heading !== null) return part.heading;
  }
  return null;
}
