/** The language status item: one state at a time, told by the server, with the next step one click away. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Status, statusNotification, statusRequest } from '../../shared/protocol.ts';
import { SIZE_SETTING, statusWords } from './statusWords.ts';
import type { Words } from './words.ts';

export interface StatusItem extends vscode.Disposable {
  /** The last state the server told; null before the first. */
  readonly current: () => Status | null;
  /** Asks the server once; for after a start. */
  readonly refresh: () => Promise<void>;
  /** What the item says now. */
  readonly text: () => string;
  readonly onDidChange: vscode.Event<Status>;
  /** What the item says of the open page itself; null for nothing. */
  readonly tellPage: (words: string | null) => void;
}

/** @param selector documents beside which the item stands */
export function createStatusItem(client: LanguageClient, selector: vscode.DocumentSelector, words: Words): StatusItem {
  const item = vscode.languages.createLanguageStatusItem('backlinkLens.status', selector);
  const changed = new vscode.EventEmitter<Status>();
  let current: Status | null = null;
  let page: string | null = null;
  item.name = vscode.l10n.t('Backlinks');
  item.text = vscode.l10n.t('starting');
  item.busy = true;

  const show = (status: Status) => {
    current = status;
    const shown = statusWords(status, words);
    item.text = `${vscode.l10n.t('Backlinks')}: ${shown.text}`;
    item.detail = [page, shown.detail].filter((part) => part !== null && part !== '').join(' · ');
    item.severity = shown.severity === 'warning' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    item.busy = shown.busy;
    item.command = shown.action ?? undefined;
    void vscode.commands.executeCommand('setContext', 'backlinkLens.state', status.state);
    changed.fire(status);
  };
  const listening = client.onNotification(statusNotification, show);
  const sizeSetting = vscode.commands.registerCommand(SIZE_SETTING, () =>
    vscode.commands.executeCommand('workbench.action.openSettings', 'backlinkLens.maxDocumentSize'),
  );
  return {
    current: () => current,
    refresh: async () => show(await client.sendRequest(statusRequest, {})),
    text: () => item.text,
    onDidChange: changed.event,
    tellPage: (told) => {
      page = told;
      if (current !== null) show(current);
    },
    dispose: () => {
      for (const part of [listening, sizeSetting, item, changed]) part.dispose();
    },
  };
}
