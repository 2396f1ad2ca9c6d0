/** Details of heavy scopes, counted in the order of the links: what heavyDetails.ts finds in the finished generation. */
import { type Details, MOST_FORMS, STRONGEST, TOP_ANCHORS } from '../details.ts';
import { withoutFragment } from '../knownUrls.ts';
import { FORM_CODES, LINK_STATE, NOT_SAID } from '../schema.ts';
import type { Generation } from './generation.ts';
import { stateOf } from './placedLinks.ts';
import type { Scope } from './scopes.ts';

export class ScopeDetails {
  readonly #generation: Generation;

  constructor(generation: Generation) {
    this.#generation = generation;
  }

  /** @param page page id where the scope is one page, else null */
  of({ places, start, end }: Scope, page: number | null): Details {
    const { marks, anchors: texts, forms: written, sources } = this.#generation.links;
    const anchors = new Map<number, number>();
    const domains = new Map<number, { place: number; more: number }>();
    const forms = new Map<number, number>();
    for (let at = start; at < end; at++) {
      const place = places === null ? at : (places[at] as number);
      if (stateOf(marks[place] as number) !== LINK_STATE.external) continue;
      const anchor = texts[place] as number;
      anchors.set(anchor, (anchors.get(anchor) ?? 0) + 1);
      const domain = this.#domainOf(sources[place] as number);
      const known = domains.get(domain);
      if (known === undefined) domains.set(domain, { place, more: 0 });
      else known.more++;
      if (page === null) continue;
      const form = written[place] as number;
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
    const { hostOf, domainOf } = this.#generation.numbering;
    return domainOf[(hostOf[page - 1] as number) - 1] as number;
  }

  #topAnchors(counts: Map<number, number>): Details['anchors'] {
    counts.delete(NOT_SAID.anchor);
    const least = [...counts.values()].sort((a, b) => b - a)[TOP_ANCHORS - 1] ?? 0;
    const candidates = Array.from(counts, ([anchor, count]) => ({ anchor, count })).filter(({ count }) => count >= least);
    const texts = candidates.map(({ anchor, count }) => ({ text: this.#generation.texts.anchors.textOf(anchor), count }));
    return texts.sort((a, b) => b.count - a.count || Buffer.compare(Buffer.from(a.text), Buffer.from(b.text))).slice(0, TOP_ANCHORS);
  }

  #topForms(counts: Map<number, number>, page: number): Details['forms'] {
    const { staging, numbering, texts } = this.#generation;
    const key = staging.urls.keys[numbering.order[page - 1] as number] ?? '';
    const merged = new Map<string, number>();
    for (const [form, count] of counts) {
      const written = form < FORM_CODES.length ? `${FORM_CODES[form] ?? ''}${key}` : texts.forms.textOf(form - FORM_CODES.length);
      const url = withoutFragment(written);
      merged.set(url, (merged.get(url) ?? 0) + count);
    }
    const forms = Array.from(merged, ([url, backlinks]) => ({ url, backlinks }));
    return forms.sort((a, b) => b.backlinks - a.backlinks || (a.url < b.url ? -1 : 1)).slice(0, MOST_FORMS);
  }
}
