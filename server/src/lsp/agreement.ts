/** Tells the user what a look-up costs before it is made: by a dialog of our own client, by the standard message elsewhere. */
import * as l10n from '@vscode/l10n';
import type { Connection } from 'vscode-languageserver';
import { type Agreement, agreeRequest } from '../../../shared/protocol.ts';
import type { Price } from '../../../shared/spending.ts';
import { priceWords } from '../features/money.ts';
import type { Agree } from '../service.ts';
import { abortable } from '../util/abortable.ts';

export interface AgreementParts {
  readonly connection: Connection;
  /** True when the client has a dialog for it. */
  readonly asksPrice: boolean;
  /** Label of the active source. */
  readonly source: () => string;
  readonly locale: string;
}

/** One question a look-up; given up with the request that it belongs to. */
export function createAgree({ connection, asksPrice, source, locale }: AgreementParts): Agree {
  const ask = async (price: Price, what: 'document' | 'report'): Promise<Agreement> => {
    if (asksPrice) return connection.sendRequest(agreeRequest, { what, source: source(), price });
    const go = { title: l10n.t('Look up') };
    const known = { title: l10n.t('Show what is known') };
    const answers = what === 'report' ? [go, known] : [go];
    const answer = await connection.window.showInformationMessage(`${source()}: ${priceWords(price, locale)}`, ...answers);
    return answer?.title === go.title ? 'go' : answer?.title === known.title ? 'known' : 'cancel';
  };
  return async (price, what, signal) => {
    const answer = await abortable(ask(price, what), signal);
    if (answer === 'cancel') throw new DOMException('The price was not agreed to.', 'AbortError');
    return answer === 'go';
  };
}
