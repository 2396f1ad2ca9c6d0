/** Finds the links of a Markdown document: CommonMark with GitHub's extensions, front matter, and HTML at its place. */
import type { Scan } from './link.ts';
import { MarkdownDocument } from './markdown/document.ts';
import { jsxToHtml } from './markdown/mdx.ts';

/**
 * Scans a whole Markdown document, in time linear in its length. The span of an inline link, definition or autolink is its URL; a use of
 * a reference (`[text][label]`) has none of its own, so its span is the whole use, and its `url` is that of the definition.
 */
export const scanMarkdown: Scan = (text, options = {}) => new MarkdownDocument(options.mdx === true ? jsxToHtml(text) : text, options, false).result;
