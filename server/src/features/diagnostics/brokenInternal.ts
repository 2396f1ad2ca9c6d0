/** `broken-internal`: a link written relative to its document leads to a file that is not there. */
import * as l10n from '@vscode/l10n';
import { clip } from '../safeMarkdown.ts';
import type { LinkRule } from './rule.ts';

export const brokenInternal: LinkRule = {
  code: 'broken-internal',
  about: 'address',
  check({ link, range, local }, { editorChecksFiles }) {
    // What VS Code's own Markdown support reports is not reported twice.
    if (editorChecksFiles && link.element.startsWith('md-')) return null;
    if (local === null || !local.relative || local.exists !== false || link.role === 'metadata' || link.role === 'base') return null;
    return { range, message: l10n.t('There is no {0} in this folder.', clip(local.path, 200)) };
  },
};
