/** The two scanners by kind, for whoever knows what a text is. */
import { scanHtml } from './html.ts';
import type { ScannerKind } from './languages.ts';
import type { Scan } from './link.ts';
import { scanMarkdown } from './markdown.ts';

export const SCANNERS: Readonly<Record<ScannerKind, Scan>> = { html: scanHtml, markdown: scanMarkdown };
