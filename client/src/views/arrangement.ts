/** How the tree *Links* is grouped, sorted and filtered. Pure. */
import { lastKnown, type Strength } from '../../../shared/backlinks.ts';
import type { LinkFacts } from '../../../shared/protocol.ts';
import { shortUrl } from '../knownWords.ts';

export const GROUPINGS = ['document', 'domain', 'strength'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** `place`: as they stand in the document. */
export const SORTS = ['place', 'strength', 'backlinks', 'name'] as const;
export type Sort = (typeof SORTS)[number];

export interface Arrangement {
  readonly grouping: Grouping;
  readonly sort: Sort;
  /** Words that a link must contain, all of them; empty: every link is shown. */
  readonly filter: string;
}

export const PLAIN: Arrangement = { grouping: 'document', sort: 'place', filter: '' };

/** What a group of links has in common besides the document they stand in. */
export type Common =
  | { readonly kind: 'domain'; readonly name: string }
  /** A tenth of the scale of strengths: `from` below `to`; `name` is the vendor's own where it has one. */
  | { readonly kind: 'strength'; readonly name: string | null; readonly from: number; readonly to: number }
  /** Nothing is known of their strength. */
  | { readonly kind: 'no-strength' }
  /** They lead to files of the folder that have no address on the web. */
  | { readonly kind: 'folder' };

/** Reads what was remembered; anything else gives the plain arrangement. The filter is never remembered: it hides. */
export function readArrangement(value: unknown): Arrangement {
  if (typeof value !== 'object' || value === null) return PLAIN;
  const { grouping, sort } = value as Record<string, unknown>;
  return {
    grouping: GROUPINGS.find((known) => known === grouping) ?? PLAIN.grouping,
    sort: SORTS.find((known) => known === sort) ?? PLAIN.sort,
    filter: '',
  };
}

/** The strength that a link is shown with: its page's, else its domain's. */
export function strengthOf(link: LinkFacts): Strength | null {
  return lastKnown(link.page)?.value.strength ?? lastKnown(link.domain)?.value.strength ?? null;
}

/** The group that a link is in, when links are not grouped by document. */
export function commonOf(link: LinkFacts, grouping: Exclude<Grouping, 'document'>): Common {
  if (link.targets === null) return { kind: 'folder' };
  if (grouping === 'domain') return { kind: 'domain', name: link.targets.domain.name };
  const strength = strengthOf(link);
  if (strength === null) return { kind: 'no-strength' };
  const [name, scale] = strength.basis === 'vendor' ? [strength.name, strength.scale] : [null, 10];
  const tenth = Math.min(9, Math.max(0, Math.floor((strength.value / scale) * 10)));
  return { kind: 'strength', name, from: (scale / 10) * tenth, to: (scale / 10) * (tenth + 1) };
}

export function keyOf(common: Common): string {
  switch (common.kind) {
    case 'domain':
      return `domain ${common.name}`;
    case 'strength':
      return `strength ${common.name ?? ''} ${common.from}`;
    case 'no-strength':
    case 'folder':
      return common.kind;
  }
}

/** Strongest groups first, then what has no strength, then the folder; domains come in the order of the links in them. */
export function compareCommon(a: Common, b: Common): number {
  if (a.kind === 'strength' && b.kind === 'strength') return b.from - a.from || (a.name ?? '').localeCompare(b.name ?? '');
  return rank(a) - rank(b);
}

function rank({ kind }: Common): number {
  return ['domain', 'strength', 'no-strength', 'folder'].indexOf(kind);
}

/** What is unknown comes last, whatever the order. */
export function compareLinks(sort: Sort): ((a: LinkFacts, b: LinkFacts) => number) | null {
  const byName = (a: LinkFacts, b: LinkFacts) => compareText(nameOf(a), nameOf(b));
  const backlinks = (link: LinkFacts) => lastKnown(link.page)?.value.backlinks ?? -1;
  const strength = (link: LinkFacts) => relative(strengthOf(link));
  switch (sort) {
    case 'place':
      return null;
    case 'name':
      return byName;
    case 'backlinks':
      return (a, b) => backlinks(b) - backlinks(a) || strength(b) - strength(a) || byName(a, b);
    case 'strength':
      return (a, b) => strength(b) - strength(a) || backlinks(b) - backlinks(a) || byName(a, b);
  }
}

/** By what is known of the domains of two links themselves; 0 where that tells nothing. */
export function compareDomains(a: LinkFacts, b: LinkFacts, sort: Sort): number {
  const [one, other] = [lastKnown(a.domain)?.value, lastKnown(b.domain)?.value];
  if (sort === 'strength') return relative(other?.strength ?? null) - relative(one?.strength ?? null);
  return sort === 'backlinks' ? (other?.backlinks ?? -1) - (one?.backlinks ?? -1) : 0;
}

function relative(strength: Strength | null): number {
  if (strength === null) return -1;
  return strength.basis === 'vendor' ? strength.value / strength.scale : strength.value / 10;
}

/** What a link is called when it is sorted by name or searched for. */
export function nameOf(link: LinkFacts): string {
  return shortUrl(link.targets?.page.name ?? link.url);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A test for links that hold every word of a filter: in their address, as it is written or resolved, or in their text. Case does not count.
 *
 * @returns null for a filter that lets everything through
 */
export function filterOf(filter: string): ((link: LinkFacts) => boolean) | null {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return (link) => {
    const hay = `${link.targets?.page.name ?? ''}\n${link.url}\n${link.text}\n${link.local?.uri ?? ''}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  };
}
