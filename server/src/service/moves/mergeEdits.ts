/** Two edits in one: a file that both change has all its changes in one entry, since editors take a second entry for the same file in place of the first. */
import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';

/** The annotation that the edits of a redirect bear, for editors that show what an edit is for. */
export const REDIRECT = 'redirect';

type Change = NonNullable<WorkspaceEdit['documentChanges']>[number];

/** The links that follow and the redirect. */
export function withRedirect(links: WorkspaceEdit | null, redirect: WorkspaceEdit): WorkspaceEdit {
  const texts = new Map<string, TextDocumentEdit['edits']>();
  const others: Change[] = [];
  const add = (changes: readonly Change[], annotated: boolean) => {
    for (const change of changes) {
      if (!('textDocument' in change)) others.push(change);
      else {
        const { uri } = change.textDocument;
        const edits = annotated ? change.edits.map((edit) => ({ ...edit, annotationId: REDIRECT })) : change.edits;
        texts.set(uri, [...(texts.get(uri) ?? []), ...edits]);
      }
    }
  };
  add(links?.documentChanges ?? [], false);
  add(redirect.documentChanges ?? [], true);
  // Files are made before they are written to.
  return { documentChanges: [...others, ...[...texts].map(([uri, edits]) => ({ textDocument: { uri, version: null }, edits }))] };
}
