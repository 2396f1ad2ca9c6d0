/** A made-up web for the index benches: few strong and many weak pages, the same one for the same size. */
import type { Capture, CrawledLink } from '../../server/src/linkIndex/store.ts';

const LINKS_A_PAGE = 10;
const SUFFIXES = ['com', 'org', 'net', 'de', 'co.uk'];
const COMMON_TEXTS = ['here', 'read more', 'website', 'click here'];

export class SyntheticWeb {
  readonly pages: number;
  readonly #domains: number;
  #state = 1;

  constructor(pages: number) {
    this.pages = pages;
    this.#domains = Math.ceil(pages * 0.03);
  }

  /** Every page once. A tenth has no links; of the others' links most stay nearby, the rest go to the strong. */
  *captures(): Generator<Capture, void, void> {
    for (let at = 0; at < this.pages; at++) {
      const count = this.#random() < 0.1 ? 0 : Math.floor((this.#random() * 2 * LINKS_A_PAGE) / 0.9);
      const links = Array.from({ length: count }, (_, number) => this.#link(at, number + 1));
      const ip = `10.${at % 200}.${at % 100}.1`;
      const title = `Title of the page number ${at} with some words`;
      yield { kind: 'page', page: { url: this.url(at), title, capturedAt: 1.7e12 + at * 1000, ip, canonical: null, noindex: false, links } };
    }
  }

  /** The strongest domain has the lowest number. */
  domain(number: number): string {
    return `site${number}.${SUFFIXES[number % SUFFIXES.length]}`;
  }

  get domains(): number {
    return this.#domains;
  }

  url(page: number): string {
    const domain = this.domain(Math.floor((page / this.pages) ** 2 * this.#domains));
    return `https://${page % 3 === 0 ? 'www.' : ''}${domain}/section-${page % 17}/some-longer-article-name-${page}.html`;
  }

  #link(page: number, position: number): CrawledLink {
    const nearby = page + Math.floor((this.#random() - 0.5) * 100);
    const target = this.#random() < 0.6 ? Math.min(this.pages - 1, Math.max(0, nearby)) : Math.floor(this.#random() ** 3 * this.pages);
    const common = COMMON_TEXTS[position % COMMON_TEXTS.length] ?? '';
    const text = this.#random() < 0.3 ? common : `anchor text ${Math.floor((this.#random() * this.pages) / 4)}`;
    return { url: this.url(target), text, tag: 'a', position, nofollow: this.#random() < 0.2, rel: [] };
  }

  /** Numerical Recipes' linear congruence. */
  #random(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}
