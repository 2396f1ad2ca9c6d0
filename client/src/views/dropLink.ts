/** Links of our trees that are dropped into a document: as a link of its language, or as the bare address where one is being written. */
import * as vscode from 'vscode';
import { documentSelector } from '../languageClient.ts';
import { type DraggedLink, LINKS_MIME } from './drag.ts';
import { type LinkLanguage, linkInText } from './linkInText.ts';

export function registerLinkDrop(): vscode.Disposable {
  const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('backlinkLens', 'link');
  const provider: vscode.DocumentDropEditProvider = {
    provideDocumentDropEdits: async (document, position, transfer) => {
      const dropped = await transfer.get(LINKS_MIME)?.asString();
      const links = readLinks(dropped);
      if (links.length === 0) return undefined;
      const before = document.lineAt(position.line).text.slice(0, position.character);
      const text = linkInText(links, languageOf(document), before);
      return new vscode.DocumentDropEdit(text, vscode.l10n.t('Insert Link'), kind);
    },
  };
  return vscode.languages.registerDocumentDropEditProvider(documentSelector(), provider, {
    dropMimeTypes: [LINKS_MIME],
    providedDropEditKinds: [kind],
  });
}

function languageOf({ languageId }: vscode.TextDocument): LinkLanguage {
  return languageId === 'markdown' || languageId === 'mdx' || languageId === 'quarto' || languageId === 'rmd' ? 'markdown' : 'html';
}

/** It comes from our own tree, and through the clipboard of a browser: it is looked at before it is believed. */
function readLinks(text: string | undefined): DraggedLink[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    return value.filter(
      (link: Partial<DraggedLink> | null): link is DraggedLink =>
        typeof link?.url === 'string' && /^https?:\/\//i.test(link.url) && typeof link.title === 'string',
    );
  } catch {
    return [];
  }
}
