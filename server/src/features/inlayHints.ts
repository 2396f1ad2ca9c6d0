/** Strength after each link, from what is known in memory: nothing where nothing is known, and never a zero in its place. */
import * as l10n from '@vscode/l10n';
import type { InlayHint, Position, Range } from 'vscode-languageserver-protocol';
import { lastKnown, type Strength } from '../../../shared/backlinks.ts';
import { basisText, count, decimal } from './format.ts';
import { markdownLinkEnd } from './linkEnd.ts';
import type { KnownLink } from './linkView.ts';
import { clip } from './safeMarkdown.ts';
import { tagAt } from './tagAt.ts';

export interface HintInput {
  readonly links: readonly KnownLink[];
  readonly text: string;
  /** Offsets of that text to positions. */
  readonly positionAt: (offset: number) => Position;
  /** The part that the editor shows. */
  readonly within: Range;
  readonly locale: string;
}

export function createInlayHints({ links, text, positionAt, within, locale }: HintInput): InlayHint[] {
  const hints: InlayHint[] = [];
  for (const view of links) {
    // A definition is no link of the page: each of its uses has the hint.
    if (view.link.role === 'definition' || view.range.end.line < within.start.line || view.range.start.line > within.end.line) continue;
    const said = strengthOf(view, locale);
    if (said === null) continue;
    hints.push({ position: positionAt(endOfLink(text, view)), label: said.label, tooltip: said.tooltip, paddingLeft: true });
  }
  return hints;
}

/** The page's own, or where only its domain has one, that under the domain's name. */
function strengthOf({ page, domain }: KnownLink, locale: string): { readonly label: string; readonly tooltip: string } | null {
  const [ofPage, ofDomain] = [lastKnown(page)?.value ?? null, lastKnown(domain)?.value ?? null];
  if (ofPage?.strength) return { label: number(ofPage.strength, locale), tooltip: tooltip(ofPage.strength, locale) };
  if (!ofDomain?.strength) return null;
  return { label: `${clip(ofDomain.target.name, 30)} ${number(ofDomain.strength, locale)}`, tooltip: tooltip(ofDomain.strength, locale) };
}

function number(strength: Strength, locale: string): string {
  return strength.basis === 'vendor' ? `${clip(strength.name, 10)} ${count(strength.value, locale)}` : decimal(strength.value, locale);
}

function tooltip(strength: Strength, locale: string): string {
  return `${l10n.t('Strength')}: ${basisText(strength, locale)}`;
}

/** Characters of a link's text behind which its hint still stands; a longer one has it behind the tag. */
const LONGEST_TEXT = 300;

function endOfLink(text: string, { link }: KnownLink): number {
  const { start, end } = link.span;
  return link.element.startsWith('md-') ? (markdownLinkEnd(text, link) ?? end) : endOfElement(text, start, end);
}

/** Behind `</a>` where that stands on the same line; otherwise behind the tag. */
function endOfElement(text: string, start: number, end: number): number {
  const tag = tagAt(text, start);
  if (tag === null) return end;
  const line = /^[^\r\n]*/.exec(text.slice(tag.end, tag.end + LONGEST_TEXT))?.[0] ?? '';
  const close = /<\/a\s*>/i.exec(line);
  const next = line.search(/<a[\s>]/i);
  return close === null || (next >= 0 && next < close.index) ? tag.end : tag.end + close.index + close[0].length;
}
