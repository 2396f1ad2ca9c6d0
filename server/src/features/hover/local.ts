/** What the open folder itself says of the linked page: who links to it, with which words, how far it is from the start page. */
import * as l10n from '@vscode/l10n';
import type { WorkspaceBacklink } from '../../../../shared/protocol.ts';
import { count } from '../format.ts';
import { isGenericText } from '../genericText.ts';
import { webText } from '../safeMarkdown.ts';
import type { HoverInput } from './input.ts';

/** Pages named in one line. */
const SHOWN = 5;

export function localSection(input: HoverInput): string[] {
  const { local } = input.view;
  if (local === null || local.self) return [];
  const heading = `**${webText(local.path, 100)}**`;
  if (local.exists === false) return [heading, l10n.t('There is no such file in this folder.')];
  if (input.reach === null) return [heading, l10n.t('Still reading the folder …')];
  const { backlinks } = input.reach;
  return [`${heading} · ${linkingPages(backlinks, input.locale)}`, places(backlinks, input), remarks(input)].filter((line) => line !== '');
}

function linkingPages(backlinks: readonly WorkspaceBacklink[], locale: string): string {
  const pages = new Set(backlinks.map((backlink) => backlink.uri)).size;
  if (pages === 0) return l10n.t('no page of this folder links here');
  return pages === 1 ? l10n.t('1 page of this folder links here') : l10n.t('{0} pages of this folder link here', count(pages, locale));
}

/** `index.md:12 "Install" · faq.md:40 "click here" · …` */
function places(backlinks: readonly WorkspaceBacklink[], { pathOf, locale }: HoverInput): string {
  const shown = backlinks
    .slice(0, SHOWN)
    .map(({ uri, range, text }) => `${webText(pathOf(uri), 60)}:${range.start.line + 1}${text === '' ? '' : ` “${webText(text, 40)}”`}`);
  const rest = backlinks.length - shown.length;
  return [...shown, ...(rest > 0 ? [l10n.t('and {0} more', count(rest, locale))] : [])].join(' · ');
}

function remarks({ reach, view, locale }: HoverInput): string {
  if (reach === null) return '';
  const generic = reach.backlinks.filter((backlink) => isGenericText(backlink.text, null, view.local?.path ?? null));
  const first = generic[0];
  const word = first === undefined ? '' : webText(first.text, 40);
  const saying =
    generic.length === 0
      ? ''
      : generic.length === 1
        ? l10n.t('1 of them says only “{0}”.', word)
        : l10n.t('{0} of them say only “{1}” or the like.', count(generic.length, locale), word);
  return [saying, distance(reach, locale)].filter((sentence) => sentence !== '').join(' ');
}

function distance({ clicks, start }: NonNullable<HoverInput['reach']>, locale: string): string {
  if (start === null) return '';
  const from = webText(start);
  if (clicks === null) return l10n.t('Not reached from {0}.', from);
  if (clicks === 0) return l10n.t('This is the start page.');
  return clicks === 1 ? l10n.t('Reached in 1 click from {0}.', from) : l10n.t('Reached in {0} clicks from {1}.', count(clicks, locale), from);
}
