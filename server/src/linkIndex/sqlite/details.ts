/** What a summary shows beside its counts: top anchors, the strongest link of each domain, the written forms. Counted over external links. */

import { withoutFragment } from './knownUrls.ts';

export interface Details {
  readonly anchors: readonly { readonly text: string; readonly count: number }[];
  /** Link ids, strongest first, with how many more links that domain has. */
  readonly strongest: readonly { readonly link: number; readonly more: number }[];
  /** For a page; null for the other scopes. */
  readonly forms: readonly { readonly url: string; readonly backlinks: number }[] | null;
}

export const TOP_ANCHORS = 10;
export const STRONGEST = 5;
export const MOST_FORMS = 50;

/** Forms as they are shown: without fragments, most linked first. */
export function countForms(written: readonly (readonly [url: string, links: number])[]): NonNullable<Details['forms']> {
  const counts = new Map<string, number>();
  for (const [url, n] of written) {
    const form = withoutFragment(url);
    counts.set(form, (counts.get(form) ?? 0) + n);
  }
  const forms = Array.from(counts, ([url, backlinks]) => ({ url, backlinks }));
  return forms.sort((a, b) => b.backlinks - a.backlinks || (a.url < b.url ? -1 : 1)).slice(0, MOST_FORMS);
}
