/** *Show Usage*: what the source in use has cost today and in this window, what is left, and what can be done about it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { usageRequest } from '../../../shared/protocol.ts';
import { SOURCE_IDS } from '../../../shared/sources.ts';
import type { Usage } from '../../../shared/spending.ts';
import { amountWords, balanceWords, budgetWords, spentWords } from '../moneyWords.ts';
import type { Prices } from '../price.ts';
import { sourceName } from '../sourceWords.ts';
import type { Words } from '../words.ts';

export interface UsageParts {
  readonly client: LanguageClient;
  readonly prices: Prices;
  readonly words: Words;
  readonly log: vscode.LogOutputChannel;
}

interface Line extends vscode.QuickPickItem {
  /** What a choice of it does; nothing for a line to read. */
  readonly run?: () => unknown;
}

export function registerUsageCommand(parts: UsageParts): vscode.Disposable {
  return vscode.commands.registerCommand('backlinkLens.showUsage', async () => {
    const { words, client } = parts;
    const usage = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: words.t('Asking what is left') }, () =>
      client.sendRequest(usageRequest, { balance: false }),
    );
    const lines = usage === null ? [] : usageLines(usage, parts);
    const balance = usage?.source.remote === true ? await balanceOf(parts) : null;
    const shown = [...(balance === null ? lines : [...lines, balance]), ...actions(parts)];
    const title = usage === null ? words.t('No source is in use') : words.t('Usage of {0}', nameOf(usage, words));
    const chosen = await vscode.window.showQuickPick<Line>(shown, { title, placeHolder: title });
    await chosen?.run?.();
  });
}

/** What the running totals say, a line each. */
export function usageLines(usage: Usage, { words }: Pick<UsageParts, 'words'>): Line[] {
  const { t } = words;
  if (!usage.source.remote) return [{ label: `$(database) ${t('This source is on this machine: asking it costs nothing and sends nothing.')}` }];
  const budget = budgetWords(usage, words);
  return [
    { label: `$(calendar) ${t('Today')}`, description: spentWords(usage.today, usage, words), detail: t('Since midnight, in every window.') },
    { label: `$(window) ${t('This window')}`, description: spentWords(usage.session, usage, words) },
    {
      label: `$(dashboard) ${t('Budget')}`,
      description: budget ?? t('no limit set'),
      detail: t('Choose to change it.'),
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'backlinkLens.budget.perDay'),
    },
  ];
}

/** Asking for it may fail, and the rest is worth showing all the same. */
async function balanceOf({ client, words, log }: UsageParts): Promise<Line | null> {
  const { t } = words;
  const label = `$(credit-card) ${t('Account')}`;
  try {
    const usage = await client.sendRequest(usageRequest, { balance: true });
    const left = usage === null ? null : balanceWords(usage, words);
    return left === null ? null : { label, description: left, detail: t('As the source says, asked just now.') };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.info(`The balance could not be asked for: ${message}`);
    return { label, description: t('could not be asked for'), detail: message };
  }
}

function actions({ prices, words }: UsageParts): Line[] {
  const { t } = words;
  const limit = prices.unasked();
  const again: Line[] =
    limit === null
      ? []
      : [
          {
            label: `$(bell) ${t('Ask About Prices Again')}`,
            description: t('now silent up to {0}', amountWords(limit.upTo, limit.unit, words)),
            run: () => prices.askAgain(),
          },
        ];
  return [
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...again,
    { label: `$(trash) ${t('Forget What Was Looked Up')}`, run: () => vscode.commands.executeCommand('backlinkLens.forget') },
    { label: `$(database) ${t('Choose Source')}`, run: () => vscode.commands.executeCommand('backlinkLens.chooseSource') },
    { label: `$(output) ${t('Show Log')}`, run: () => vscode.commands.executeCommand('backlinkLens.showLog') },
  ];
}

function nameOf({ source }: Usage, { t }: Words): string {
  const id = SOURCE_IDS.find((known) => known === source.id);
  return id === undefined || id === 'searchmetrics' ? source.label : sourceName(id, t);
}
