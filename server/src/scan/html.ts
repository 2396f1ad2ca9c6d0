/** The HTML scanner: every URL of a document in one pass, with exact ranges, and the facts of the page. */
import { resolverFor } from '../urls/resolve.ts';
import { LinkDrafts } from './drafts.ts';
import { documentBase } from './html/base.ts';
import { Collector } from './html/collector.ts';
import { FactsDraft } from './html/pageFacts.ts';
import { HtmlScanner } from './html/scanner.ts';
import type { Scan } from './link.ts';
import { finishLinks } from './numbering.ts';

/**
 * Scans an HTML document. Relative links without `options.url` and without an absolute `<base href>` stay unresolved but are numbered,
 * as they would be on the web.
 */
export const scanHtml: Scan = (text, options = {}) => {
  const drafts = new LinkDrafts();
  const facts = new FactsDraft();
  const collector = new Collector(text, 0, drafts, facts);
  new HtmlScanner(text, collector).run(0, Number.POSITIVE_INFINITY);
  collector.closeLink();
  const base = documentBase(facts.base, options.url);
  return { links: finishLinks(drafts, base), facts: facts.finish(resolverFor(base), base ?? null) };
};
