/** Says what a look-up costs before it is made, and remembers up to which price nobody wants to be asked again. */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { type Agreement, agreeRequest } from '../../shared/protocol.ts';
import type { CostUnit, Price } from '../../shared/spending.ts';
import { currentSettings } from './configuration.ts';
import { amountWords, priceWords } from './moneyWords.ts';
import { sourceName } from './sourceWords.ts';
import type { Words } from './words.ts';

/** Up to which amount of the source in use nobody is asked; null: always asked. */
export interface Unasked {
  readonly upTo: number;
  readonly unit: CostUnit;
}

export interface Prices extends vscode.Disposable {
  readonly unasked: () => Unasked | null;
  /** Asks again from the next look-up on. */
  readonly askAgain: () => Promise<void>;
}

/** @param memory the user's own state: holds in every folder, by source */
export function createPrices(client: LanguageClient, memory: vscode.Memento, words: Words): Prices {
  const key = () => `unasked:${currentSettings().source}`;
  const unasked = () => memory.get<Unasked | null>(key(), null);
  const answer = async (price: Price, what: What): Promise<Agreement> => {
    const limit = unasked();
    if (limit !== null && limit.unit === price.unit && price.amount <= limit.upTo && !overBudget(price)) return 'go';
    const answered = await ask(price, what, words);
    if (answered === 'always') await memory.update(key(), { upTo: price.amount, unit: price.unit });
    return answered === 'always' ? 'go' : answered;
  };
  const listening = client.onRequest(agreeRequest, ({ price, what }) => answer(price, what));
  return { unasked, askAgain: async () => memory.update(key(), undefined), dispose: () => listening.dispose() };
}

type What = 'document' | 'report';

async function ask(price: Price, what: What, words: Words): Promise<Agreement | 'always'> {
  const { t } = words;
  const go = t('Go On');
  const always = t("Go On, Don't Ask up to {0}", amountWords(price.amount, price.unit, words));
  const known = t('Show What Is Known');
  const name = sourceName(currentSettings().source, t);
  const options = { modal: true, detail: budgetLine(price, words) };
  // Of a document what is known stands in it already.
  const buttons = what === 'report' ? [go, known, always] : [go, always];
  const answer = await vscode.window.showInformationMessage(t('{0}: {1}. Go on?', name, priceWords(price, words)), options, ...buttons);
  if (answer === go) return 'go';
  if (answer === always) return 'always';
  return answer === known ? 'known' : 'cancel';
}

function budgetLine(price: Price, words: Words): string {
  const { t } = words;
  const estimate = t('What is known already is not asked again. The price is an estimate; the source may bill less.');
  if (price.budgetLeft === null) return estimate;
  const left = amountWords(Math.max(0, price.budgetLeft), price.unit, words);
  const budget = overBudget(price)
    ? t("Left of today's budget: {0}. What goes beyond that is not asked.", left)
    : t("Left of today's budget: {0}.", left);
  return `${budget} ${estimate}`;
}

function overBudget({ amount, budgetLeft }: Price): boolean {
  return budgetLeft !== null && budgetLeft < amount;
}
