/** `backlink-lens sources`: every source with what it fills, what it costs and what it needs. Nothing is asked. */
import { Command } from 'commander';
import { dollarPrice } from '../../../shared/amounts.ts';
import { hostAsked } from '../../../shared/destination.ts';
import type { SourceOffer } from '../../../shared/protocol.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';
import { SOURCES, type SourceId } from '../../../shared/sources.ts';
import { amountText } from '../features/money.ts';
import { offerSources } from '../sources/offers.ts';
import { CONTRACT_FIELDS } from '../sources/source.ts';
import { keyOf, keyVariables, variable, variablesOf } from './environment.ts';
import type { Io } from './io.ts';
import { sourceSettings } from './source.ts';

export function sourcesCommand(io: Io): Command {
  return new Command('sources')
    .description('List where backlinks can come from: what each source fills, costs and needs.')
    .option('--json', 'the same for another program')
    .action((options: { readonly json?: true }) => {
      const offers = offerSources(DEFAULT_SETTINGS).filter(({ id }) => id !== 'none');
      io.out(
        options.json === true
          ? `${JSON.stringify(
              offers.map((offer) => toJson(offer, io)),
              null,
              2,
            )}\n`
          : listed(offers, io),
      );
    });
}

function listed(offers: readonly SourceOffer[], io: Io): string {
  const width = Math.max(...offers.map(({ id }) => id.length));
  const entry = (offer: SourceOffer) => {
    const name = SOURCES[offer.id].label + (offer.experimental ? ' (experimental)' : '');
    const lines = [`gives ${givesText(offer)}`, `costs ${costText(offer, io.locale)}`, `needs ${needsText(offer.id, io)}`];
    return [`${offer.id.padEnd(width)}  ${name}`, ...lines.map((line) => `${' '.repeat(width)}  ${line}`)].join('\n');
  };
  return `${offers.map(entry).join('\n\n')}\n`;
}

function toJson(offer: SourceOffer, io: Io): object {
  const { id } = offer;
  const key = keyVariables(id);
  return {
    ...offer,
    host: hostAsked(sourceSettings(io, id)),
    missing: undefined,
    key: key === null ? null : { variables: key, set: keyOf(io, id) !== null },
  };
}

function givesText({ fields, targetKinds }: SourceOffer): string {
  if (fields.length === 0) return 'no backlinks; the strength of domains';
  return `${fields.length} of the ${CONTRACT_FIELDS.length} fields of a backlink${targetKinds.includes('page') ? '' : ', domains only'}`;
}

/** As its own price list has it. */
export function costText({ cost, id }: Pick<SourceOffer, 'cost' | 'id'>, locale: string): string {
  if (cost === null) return id === 'searchmetrics' ? 'as it says' : 'nothing';
  const parts = [
    [cost.perCall, cost.unit === 'calls' ? 'look-up' : 'call'],
    [cost.perTarget, 'target'],
    [cost.perPage, 'page of rows'],
    [cost.perRow, 'row'],
  ] as const;
  const price = (amount: number) => {
    if (cost.unit === 'USD') return dollarPrice(amount, locale);
    return cost.unit === 'rows' ? `${amountText(amount, cost.unit, locale)} of the quota` : amountText(amount, cost.unit, locale);
  };
  const said = parts.flatMap(([amount, per]) => (amount > 0 ? [`${price(amount)} a ${per}`] : []));
  return (cost.atLeast ?? 0) > 0 ? `${said.join(', ')}, at least ${price(cost.atLeast ?? 0)}` : said.join(', ');
}

function needsText(id: SourceId, io: Io): string {
  switch (SOURCES[id].needs) {
    case 'file':
      return id === 'index' ? 'a file, named as --index' : `a file, named in ${variablesOf(id).path}${set(variable(io, variablesOf(id).path))}`;
    case 'address':
      return `its address, and where it wants one a key in ${keyVariables(id)}${set(keyOf(io, id))}`;
    case 'nothing':
      return `a key in ${keyVariables(id)}${set(keyOf(io, id))}`;
  }
}

function set(found: unknown): string {
  return found === null ? '' : ' (is set)';
}
