/** The tool `get_backlinks`: who links to a URL or domain, from the source that the user chose, within the consent and budget that the user gave. */
import * as vscode from 'vscode';
import { PAGE_LIMITS, type RowPage, type Target } from '../../../shared/backlinks.ts';
import { hostAsked } from '../../../shared/destination.ts';
import { inspectRequest, rowsRequest, usageRequest } from '../../../shared/protocol.ts';
import { addressProblem } from '../commands/arguments.ts';
import { currentSettings } from '../configuration.ts';
import { amountWords } from '../moneyWords.ts';
import { sourceName } from '../sourceWords.ts';
import { asAnswer, backlinksData } from './answers.ts';
import { fitted } from './fitting.ts';
import { result, roomOf } from './results.ts';
import type { ToolParts } from './tools.ts';

export interface GetBacklinksInput {
  readonly url?: unknown;
  readonly limit?: unknown;
}

/** Rows that a model is given at most: more is a wall. */
const MOST = 50;

export function getBacklinks(parts: ToolParts): vscode.LanguageModelTool<GetBacklinksInput> {
  return {
    prepareInvocation: async ({ input }) => {
      const url = typeof input.url === 'string' ? input.url : '';
      return {
        invocationMessage: parts.words.t('Looking up backlinks of {0}', url),
        confirmationMessages: { title: parts.words.t('Look up who links to {0}?', url), message: plain(await whatGoesWhere(url, parts)) },
      };
    },
    invoke: async ({ input, tokenizationOptions }, token) => {
      const url = typeof input.url === 'string' ? input.url.trim() : '';
      if (addressProblem(url) !== null) throw new Error(`"url" must be a URL or a domain such as example.com; it is: ${JSON.stringify(input.url)}`);
      await parts.ready();
      if (!parts.consent.given()) return result(notAllowed());
      const found = await parts.client.sendRequest(inspectRequest, { text: url }, token);
      if (found === null) throw new Error(`"url" is no URL or domain that can have backlinks: ${url}`);
      const { target, facts } = found;
      const none = facts.state === 'skipped' || facts.state === 'failed' || (facts.state === 'fresh' && facts.value.backlinks === 0);
      const page = none ? null : await rowsOf(target, limitOf(input.limit), parts, token);
      const data = {
        target,
        facts,
        rows: page?.rows ?? [],
        total: page?.total ?? null,
        source: parts.status.current()?.source ?? currentSettings().source,
      };
      return result(await fitted(data.rows.length, (shown) => asAnswer(backlinksData(data, shown)), roomOf(tokenizationOptions, token)));
    },
  };
}

/** One sentence on what is sent, one on what it costs, one on who reads the answer. */
async function whatGoesWhere(url: string, { client, ready, consent, words }: ToolParts): Promise<string> {
  const { t } = words;
  const settings = currentSettings();
  const host = hostAsked(settings);
  const name = sourceName(settings.source, t);
  const read = t('The answer is given to the language model.');
  if (host === null) return `${t('It is looked up in {0}, on this machine; nothing is sent to a source.', name)} ${read}`;
  if (!consent.given()) return t('You have not allowed sending links of this workspace to {0}: nothing will be sent.', host);
  await ready();
  const usage = await client.sendRequest(usageRequest, { balance: false });
  const price = usage === null || usage.free ? null : amountWords(usage.perLink, usage.unit, words);
  const cost = price === null ? '' : ` ${t('That costs at least {0}.', price)}`;
  return `${t('{0} and its domain are sent to {1}.', url, host)}${cost} ${read}`;
}

/** A source that fails here has told its figures all the same. */
async function rowsOf(target: Target, limit: number, { client }: ToolParts, token: vscode.CancellationToken): Promise<RowPage | null> {
  try {
    return await client.sendRequest(rowsRequest, { target, offset: 0, limit }, token);
  } catch (error) {
    if (token.isCancellationRequested) throw error;
    return null;
  }
}

/** The contract's smallest page that holds as many. */
function limitOf(wanted: unknown): number {
  const rows = typeof wanted === 'number' && wanted >= 1 ? Math.min(wanted, MOST) : PAGE_LIMITS[0];
  return PAGE_LIMITS.find((limit) => limit >= rows) ?? PAGE_LIMITS[0];
}

function notAllowed(): string {
  const host = hostAsked(currentSettings()) ?? '';
  return `Not asked: the user has not allowed links of this workspace to be sent to ${host}. They can allow it with the command "Backlinks: Choose Source…".`;
}

/** A URL in it is the model's word, not ours: it becomes no link and no markup. */
function plain(text: string): vscode.MarkdownString {
  return new vscode.MarkdownString().appendText(text);
}
