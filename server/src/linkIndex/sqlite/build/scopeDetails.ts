/** Details of heavy scopes, counted in the order of the links: what readDetails would find with SQL, at a fraction of the time. */
import { type Details, MOST_FORMS, STRONGEST, TOP_ANCHORS } from '../details.ts';
import { withoutFragment } from '../knownUrls.ts';
import type { Numbering } from '../numbering.ts';
import { FORM_CODES, NOT_SAID } from '../schema.ts';
import type { Staging } from '../staging.ts';
import { INTERNAL } from './linkColumns.ts';
import type { LinkOrder } from './linkOrder.ts';

export class ScopeDetails {
  readonly #staging: Staging;
  readonly #numbering: Numbering;
  readonly #order: LinkOrder;

  constructor(staging: Staging, numbering: Numbering, order: LinkOrder) {
    this.#staging = staging;
    this.#numbering = numbering;
    this.#order = order;
  }

  /**
   * @param places places of the scope's links, ascending
   * @param page page id where the scope is one page, else null
   */
  of(places: Uint32Array, page: number | null): Details {
    const { links, dates } = this.#staging;
    const anchors = new Map<number, number>();
    const domains = new Map<number, { place: number; more: number }>();
    const forms = new Map<number, number>();
    for (const place of places) {
      const link = this.#order.links[place] as number;
      if (((links.flags[link] as number) & INTERNAL) !== 0 || dates.lostOn(link) !== 0) continue;
      const anchor = links.anchor[link] as number;
      anchors.set(anchor, (anchors.get(anchor) ?? 0) + 1);
      const domain = this.#domainOf(this.#order.sources[place] as number);
      const known = domains.get(domain);
      if (known === undefined) domains.set(domain, { place, more: 0 });
      else known.more++;
      if (page === null) continue;
      const form = links.form[link] as number;
      forms.set(form, (forms.get(form) ?? 0) + 1);
    }
    return {
      anchors: this.#topAnchors(anchors),
      // Met in the order of strength.
      strongest: [...domains.values()].slice(0, STRONGEST).map(({ place, more }) => ({ link: place + 1, more })),
      forms: page === null ? null : this.#topForms(forms, page),
    };
  }

  #domainOf(page: number): number {
    const { hostOf, domainOf } = this.#numbering;
    return domainOf[(hostOf[page - 1] as number) - 1] as number;
  }

  #topAnchors(counts: Map<number, number>): Details['anchors'] {
    counts.delete(NOT_SAID.anchor);
    const least = [...counts.values()].sort((a, b) => b - a)[TOP_ANCHORS - 1] ?? 0;
    const candidates = Array.from(counts, ([anchor, count]) => ({ anchor, count })).filter(({ count }) => count >= least);
    const texts = candidates.map(({ anchor, count }) => ({ text: this.#staging.anchors.textOf(anchor), count }));
    return texts.sort((a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.text), Buffer.from(b.text))).slice(0, TOP_ANCHORS);
  }

  #topForms(counts: Map<number, number>, page: number): Details['forms'] {
    const key = this.#staging.urls.keys[this.#numbering.order[page - 1] as number] ?? '';
    const merged = new Map<string, number>();
    for (const [form, count] of counts) {
      const written = form < FORM_CODES.length ? `${FORM_CODES[form] ?? ''}${key}` : this.#staging.forms.textOf(form - FORM_CODES.length);
      const url = withoutFragment(written);
      merged.set(url, (merged.get(url) ?? 0) + count);
    }
    const forms = Array.from(merged, ([url, backlinks]) => ({ url, backlinks }));
    return forms.sort((a, b) => b.backlinks - a.backlinks || (a.url < b.url ? -1 : 1)).slice(0, MOST_FORMS);
  }
}
