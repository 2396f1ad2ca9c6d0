/** Quick fixes of an open document: what its present text allows of the edits that problems propose. */
import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver-protocol';
import { createCodeActions, type DocumentEdits } from '../features/codeActions.ts';
import { ignoreCommentEdit } from '../features/ignoreCommentEdit.ts';
import type { LinkView } from '../features/linkView.ts';
import { relEdit, type TextChange } from '../features/relEdit.ts';
import { urlInDocument } from '../features/urlInDocument.ts';
import type { DocumentText } from '../service.ts';
import type { ScannedDocument } from './documents.ts';
import { overlaps, same } from './ranges.ts';

/**
 * @param document the present version; a problem may be older than the last keystroke, and then only what still fits is offered
 * @param text the text of that version
 */
export function quickFixes(
  document: ScannedDocument,
  { text, languageId }: DocumentText,
  range: Range,
  diagnostics: readonly Diagnostic[],
): CodeAction[] {
  const here = diagnostics.filter((diagnostic) => overlaps(diagnostic.range, range));
  return here.length === 0 ? [] : createCodeActions(document.uri, here, editsOf(document, text, languageId === 'mdx'));
}

function editsOf({ kind, links, rangeOf }: ScannedDocument, text: string, mdx: boolean): DocumentEdits {
  const linkAt = (at: Range): LinkView | null => links.find((view) => same(view.range, at)) ?? null;
  const toEdit = (change: TextChange | null) => (change === null ? null : { range: rangeOf(change.start, change.end), newText: change.newText });
  return {
    // The words of a Markdown reference are no place for an address.
    url: (url, at) => {
      const found = linkAt(at);
      return found === null || found.link.element === 'md-reference' ? null : urlInDocument(url, kind);
    },
    rel: (change, at) => {
      const found = linkAt(at);
      return found === null ? null : toEdit(relEdit(text, found.link.span.start, change));
    },
    ignoreComment: (at) => {
      const found = linkAt(at);
      const top = at.start.line === 0 && at.end.line === 0 && at.end.character === 0;
      return found === null && !top ? null : toEdit(ignoreCommentEdit({ text, kind, mdx, link: found?.link ?? null }));
    },
  };
}
