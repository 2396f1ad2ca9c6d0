/** *Build Index*: what it is made of, where it goes, how far it is, and the offer to use it. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type IndexOrder, type MadeIndex, makeIndexRequest } from '../../../shared/protocol.ts';
import { changeMachineSetting, currentSettings } from '../configuration.ts';
import { withServerProgress } from '../serverProgress.ts';
import { readIndexOrder } from './arguments.ts';
import { askOrder } from './indexOrder.ts';

export interface BuildParts {
  readonly client: LanguageClient;
  readonly log: vscode.LogOutputChannel;
}

/** The command gives what was made, or undefined when nothing was. */
export function registerBuildCommand(parts: BuildParts): vscode.Disposable {
  return vscode.commands.registerCommand('backlinkLens.buildIndex', async (given?: unknown): Promise<MadeIndex | undefined> => {
    const order = readIndexOrder(given) ?? (await askOrder());
    if (order === null) return undefined;
    const made = await makeIndex(parts, order);
    if (made !== null) void tellResult(made, parts.log);
    return made ?? undefined;
  });
}

/** Null when it was stopped before anything was whole, or failed; a failure has been told. */
export async function makeIndex({ client, log }: BuildParts, order: IndexOrder): Promise<MadeIndex | null> {
  const title = order.addition ? vscode.l10n.t('Adding to the backlink index') : vscode.l10n.t('Building the backlink index');
  return withServerProgress(
    client,
    title,
    (workDoneToken, token) => client.sendRequest(makeIndexRequest, { ...order, workDoneToken }, token),
    (error, wasCancelled) => {
      if (wasCancelled) void vscode.window.showInformationMessage(vscode.l10n.t('Stopped. No index was changed.'));
      else tellFailure(error, log);
    },
  );
}

function tellFailure(error: unknown, log: vscode.LogOutputChannel): void {
  const message = error instanceof Error ? error.message : String(error);
  log.error(message);
  const showLog = vscode.l10n.t('Show Log');
  void vscode.window.showErrorMessage(vscode.l10n.t('The index could not be built: {0}', message), showLog).then((answer) => {
    if (answer === showLog) log.show();
  });
}

/** What there is now, what could not be read, and, for another index than the chosen one, the offer to choose it. */
async function tellResult(made: MadeIndex, log: vscode.LogOutputChannel): Promise<void> {
  for (const sentence of [...made.skipped, ...made.problems]) log.warn(sentence);
  const [use, showLog] = [vscode.l10n.t('Use This Index'), vscode.l10n.t('Show Log')];
  const [source, path] = holdsRanksOnly(made) ? (['ranks', 'ranksPath'] as const) : (['index', 'indexPath'] as const);
  const settings = currentSettings();
  const inUse = settings.source === source && settings[path] === made.file;
  const buttons = [...(inUse ? [] : [use]), ...(made.problems.length > 0 ? [showLog] : [])];
  const say = made.problems.length > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const answer = await say(resultWords(made), ...buttons);
  if (answer === showLog) log.show();
  if (answer === use) await useIndex(made);
}

export function holdsRanksOnly({ pages, links, rankedDomains }: MadeIndex): boolean {
  return pages === 0 && links === 0 && rankedDomains > 0;
}

export function resultWords(made: MadeIndex): string {
  const { pages, links, rankedDomains, problems, stopped } = made;
  const n = (value: number) => value.toLocaleString(vscode.env.language);
  const holds = holdsRanksOnly(made)
    ? vscode.l10n.t('The index holds the ranks of {0} domains.', n(rankedDomains))
    : vscode.l10n.t('The index holds {0} pages and {1} links.', n(pages), n(links));
  const parts = [
    ...(stopped ? [vscode.l10n.t('Stopped.')] : []),
    holds,
    ...(problems.length === 1 ? [vscode.l10n.t('1 input could not be read whole.')] : []),
    ...(problems.length > 1 ? [vscode.l10n.t('{0} inputs could not be read whole.', n(problems.length))] : []),
  ];
  return parts.join(' ');
}

/** Makes an index the one that backlinks, or strengths alone, come from. */
export async function useIndex(made: MadeIndex): Promise<void> {
  const [source, path] = holdsRanksOnly(made) ? (['ranks', 'ranksPath'] as const) : (['index', 'indexPath'] as const);
  await changeMachineSetting(path, made.file);
  if (currentSettings().source !== source) await changeMachineSetting('source', source);
}
