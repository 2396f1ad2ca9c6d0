/**
 * Rows of Ahrefs API v3 on the wire: which fields are asked for, and what their values are in our words. Shapes and meanings: Ahrefs' OpenAPI document
 * (schema all-backlinks) and its Python SDK 0.9.
 */
import type { Backlink, LinkTag } from '../../../../shared/backlinks.ts';
import { blankRow } from '../blank.ts';
import type { Checker, Fields } from '../check.ts';
import { readDay } from '../days.ts';
import { requiredText } from '../fields.ts';
import { allLinks, readScore, type Score } from '../figures.ts';

/** Each costs one unit a row; fields that are dearer (`refdomains_source`, `traffic`…) are left out. */
export const ROW_FIELDS = [
  'url_from',
  'url_to',
  'title',
  'anchor',
  'alt',
  'link_type',
  'redirect_code',
  'links_external',
  'links_internal',
  'url_rating_source',
  'is_nofollow',
  'is_ugc',
  'is_sponsored',
  'ip_source',
  'first_seen_link',
  'last_visited',
] as const;

export const UNITS_PER_ROW = ROW_FIELDS.length;
/** URL Rating, of a page. */
export const UR: Score = { name: 'UR', scale: 100 };

/** Documented for any call, however few rows it brings. */
export const LEAST_UNITS = 50;

/** Backlink fields that a row fills. `positions` are ranked keywords, not the place of the link; `last_seen` is the day it was lost. */
export const FILLED: readonly (keyof Backlink)[] = [
  'sourceUrl',
  'title',
  'anchorText',
  'externalLinks',
  'internalLinks',
  'totalLinks',
  'strength',
  'targetUrl',
  'tag',
  'nofollow',
  'rel',
  'ip',
  'firstSeen',
  'lastSeen',
];

/** A canonical, an alternate or an entry of a feed is no hyperlink: it has no word among ours. */
const TAGS: Readonly<Record<string, LinkTag>> = { text: 'a', image: 'aimg', frame: 'iframe', form: 'form', redirect: 'redirect' };

/** One row as it came, still in the vendor's words, with what is needed to go on after it. */
export interface WireRow {
  readonly fields: Fields;
  /** Where it stood in the reply, for messages. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  readonly rating: number | null;
}

/** Reads the reply of the backlinks call. Throws `source.bad-reply` with the path of the field that is wrong. */
export function readWireRows(json: unknown, check: Checker): readonly WireRow[] {
  return check.list(check.object(json, 'the reply')['backlinks'], 'backlinks').map((entry, index) => {
    const path = `backlinks[${index}]`;
    const fields = check.object(entry, path);
    return {
      fields,
      path,
      from: requiredText(fields, 'url_from', path, check),
      to: requiredText(fields, 'url_to', path, check),
      rating: check.score(fields['url_rating_source'], UR.scale, `${path}.url_rating_source`),
    };
  });
}

/** One row in our words. */
export function readRow({ fields, path, from, to, rating }: WireRow, check: Checker): Backlink {
  const at = (name: (typeof ROW_FIELDS)[number]) => [fields[name], `${path}.${name}`] as const;
  const [externalLinks, internalLinks] = [check.count(...at('links_external')), check.count(...at('links_internal'))];
  const tag = TAGS[check.text(...at('link_type')) ?? ''] ?? null;
  const flags = [check.flag(...at('is_nofollow')), check.flag(...at('is_ugc')), check.flag(...at('is_sponsored'))] as const;
  return {
    ...blankRow(from, to),
    title: check.textOrNone(...at('title')),
    anchorText: anchorText(tag, check.text(...at('anchor')), check.textOrNone(...at('alt')), check.count(...at('redirect_code'))),
    externalLinks,
    internalLinks,
    totalLinks: allLinks(externalLinks, internalLinks),
    strength: readScore(UR, rating, `${path}.url_rating_source`, check),
    tag,
    nofollow: flags.includes(true) ? true : flags.includes(null) ? null : false,
    rel: relOf(flags),
    ip: check.textOrNone(...at('ip_source')),
    firstSeen: readDay(...at('first_seen_link'), check),
    lastSeen: readDay(...at('last_visited'), check),
  };
}

function anchorText(tag: LinkTag | null, anchor: string | null, alt: string | null, code: number | null): string | null {
  if (tag === 'redirect') return code === null ? '[redirect]' : `[redirect ${code}]`;
  return tag === 'aimg' ? (alt ?? (anchor || '[img]')) : anchor;
}

/** The tokens that the flags tell of; others, and their order, are not given. */
function relOf([nofollow, ugc, sponsored]: readonly [boolean | null, boolean | null, boolean | null]): readonly string[] | null {
  if (nofollow === null && ugc === null && sponsored === null) return null;
  return [...(nofollow === true ? ['nofollow'] : []), ...(ugc === true ? ['ugc'] : []), ...(sponsored === true ? ['sponsored'] : [])];
}
