/** What can be done with the link, beside its name or below what the folder says of it. */
import * as l10n from '@vscode/l10n';
import { lastKnown } from '../../../../shared/backlinks.ts';
import { COMMANDS } from '../../../../shared/protocol.ts';
import { linkPattern } from '../ignorePatterns.ts';
import { commandLink, webLink } from '../safeMarkdown.ts';
import type { HoverInput } from './input.ts';

/** Empty where there is nothing to do. */
export function actionLine(input: HoverInput): string {
  const { view, commandLinks, uri } = input;
  const links: string[] = [];
  if (commandLinks) {
    if (view.local !== null && (input.reach?.backlinks.length ?? 0) > 0) {
      links.push(commandLink(l10n.t('Show all in this folder'), COMMANDS.showBacklinks, { uri: view.local.uri }));
    }
    const known = lastKnown(view.page)?.value;
    // Links inside the same site are rows, too, where the settings ask for them.
    const hasRows = known !== undefined && input.source?.rows !== false && (known.backlinks !== 0 || (known.internalBacklinks ?? 0) > 0);
    if (view.targets !== null && hasRows) {
      links.push(commandLink(l10n.t('Show all'), COMMANDS.showBacklinks, { target: view.targets.page }));
    }
  }
  if (view.webUrl !== null) links.push(webLink(l10n.t('Open'), view.webUrl));
  if (commandLinks && view.webUrl !== null && view.ignoredBy === null) {
    links.push(commandLink(l10n.t('Ignore'), COMMANDS.ignore, { uri, kind: 'add', pattern: linkPattern(view.webUrl) }));
  }
  return links.join(' · ');
}
