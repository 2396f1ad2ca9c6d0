/** What the server knows of the page in the active editor: asked when another is shown and when something changed, told when it is different. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { thisPageRequest } from '../../../shared/protocol.ts';
import type { ThisPage } from '../../../shared/thisPage.ts';
import type { FactsNews } from '../factsNews.ts';
import { isServed } from '../languageClient.ts';

/** Milliseconds after a change, so that typing is not followed key by key. */
const MOMENT = 250;
/** While the folder is being read. */
const READING = 700;

export interface PageFeed extends vscode.Disposable {
  /** URI of the last page that was shown; null before the first. */
  readonly uri: () => string | null;
  /** Null for no page, and for one outside every folder. */
  readonly page: () => ThisPage | null;
  readonly refresh: () => Promise<void>;
  readonly onDidChange: vscode.Event<ThisPage | null>;
}

export function createPageFeed(client: LanguageClient, news: FactsNews, ready: () => Promise<void>): PageFeed {
  const changed = new vscode.EventEmitter<ThisPage | null>();
  let uri: string | null = null;
  let page: ThisPage | null = null;
  let timer: NodeJS.Timeout | undefined;

  const ask = async () => {
    const asked = uri;
    await ready();
    const answer = asked === null ? null : await client.sendRequest(thisPageRequest, { uri: asked });
    if (asked !== uri) return;
    const isNew = JSON.stringify(answer) !== JSON.stringify(page);
    page = answer;
    if (isNew) changed.fire(page);
    if (page?.folder.state === 'reading') later(READING);
  };
  const later = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask().catch(() => undefined), milliseconds);
  };
  const show = (editor: vscode.TextEditor | undefined) => {
    if (editor === undefined || !isServed(editor.document)) return;
    const shown = client.code2ProtocolConverter.asUri(editor.document.uri);
    if (shown === uri) return;
    uri = shown;
    page = null;
    changed.fire(null);
    void ask().catch(() => undefined);
  };
  const parts = [
    vscode.window.onDidChangeActiveTextEditor(show),
    news.onDidChange((uris) => {
      if (uris.length === 0 || (uri !== null && uris.includes(uri))) later(MOMENT);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => later(MOMENT)),
    changed,
  ];
  // What `ready` stands on is put together in the same moment.
  queueMicrotask(() => show(vscode.window.activeTextEditor));
  return {
    uri: () => uri,
    page: () => page,
    refresh: ask,
    onDidChange: changed.event,
    dispose: () => {
      clearTimeout(timer);
      for (const part of parts) part.dispose();
    },
  };
}
