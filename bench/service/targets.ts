/** What the service is asked in its benches: targets of the made-up web as its own links point to them, half of them pages, half their domains. */
import { AliasTable, hash32, unit } from '../index/random.ts';
import { SyntheticWeb } from '../index/syntheticWeb.ts';

/** The path of the contract call for each of some targets, drawn anew for each; the same ones for the same start. */
export function pathsOf(pages: number, limit: number, start: number, count: number): string[] {
  const web = new SyntheticWeb(pages);
  const popular = new AliasTable(Array.from({ length: web.domains }, (_, at) => 1 / (at + 1)));
  return Array.from({ length: count }, (_, at) => {
    const seed = hash32((start + at) * 7 + 99);
    const domain = popular.pick(hash32(seed + 3), hash32(seed + 4));
    const { first, count: own } = web.pagesOf(domain);
    const page = first + Math.floor(unit(hash32(seed + 5)) ** 3 * own);
    const target = unit(hash32(seed + 9)) < 0.5 ? web.domain(domain) : web.url(page);
    return `/v3/ResearchLinksGetListBacklinks.json?limit=${limit}&url=${encodeURIComponent(target)}`;
  });
}
