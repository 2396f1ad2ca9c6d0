/** The HTML scanner: every URL of a document in one pass, with exact ranges, and the facts of the page. */
import { isWebUrl, resolverFor } from '../urls/resolve.ts';
import { LinkDrafts } from './drafts.ts';
import { documentBase } from './html/base.ts';
import { Collector } from './html/collector.ts';
import { FactsDraft } from './html/pageFacts.ts';
import { HtmlScanner } from './html/scanner.ts';
import { dropUnknownFacts, dropUnknownLinks, paintTemplate } from './html/templates.ts';
import type { Scan } from './link.ts';
import { finishResolved } from './numbering.ts';

/**
 * Scans an HTML document. Relative links without `options.url` and without an absolute `<base href>` stay unresolved but are numbered,
 * as they would be on the web. With `options.template` the tags of that language are passed over, and a URL that holds one is no link.
 */
export const scanHtml: Scan = (text, options = {}) => {
  const { template } = options;
  const markup = template === undefined ? text : paintTemplate(text, template);
  const drafts = new LinkDrafts();
  const facts = new FactsDraft();
  const collector = new Collector(markup, 0, drafts, facts);
  new HtmlScanner(markup, collector).run(0, Number.POSITIVE_INFINITY);
  collector.closeLink();
  if (template !== undefined) {
    dropUnknownLinks(drafts);
    dropUnknownFacts(facts);
  }
  const base = documentBase(facts.base, options.url);
  const resolve = resolverFor(base);
  return { links: finishResolved(drafts, resolve, base !== undefined && isWebUrl(base)), facts: facts.finish(resolve, base ?? null) };
};
