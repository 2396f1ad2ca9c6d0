/** Links as the fold of a page's captures sees them, whether a capture found them or the generation has them. */
import type { LinkRules } from '../../history.ts';
import type { CrawledLink, ListedAnchor } from '../../store.ts';
import { NOT_SAID, tagCode } from '../schema.ts';
import type { StoredLink } from './storedLinks.ts';

export interface FoundLink {
  readonly url: string;
  readonly text: string | null;
  readonly tag: number;
  readonly position: number | null;
  readonly nofollow: number;
  /** Tokens with a blank between them, or the number of a stored rel. */
  readonly rel: string | number;
}

export function foundIn(link: CrawledLink | ListedAnchor): FoundLink {
  const { url, text, tag, position, nofollow, rel } = link;
  return {
    url,
    text,
    tag: tag === null ? NOT_SAID.tag : tagCode(tag),
    position,
    nofollow: nofollow === null ? NOT_SAID.nofollow : Number(nofollow),
    rel: rel.join(' '),
  };
}

export function foundStored({ url, text, tag, position, nofollow, rel }: StoredLink): FoundLink {
  return { url, text, tag, position, nofollow, rel };
}

export const FOUND_RULES: LinkRules<FoundLink> = {
  // A URL has no blanks, so the parts cannot run into each other.
  identityOf: ({ url, tag, text }) => `${url} ${tag} ${text ?? ''}`,
  movedTo: (link, position) => ({ ...link, position }),
};
