/** What a look-up costs, said on the command line before it is made: a person is asked, a script has to say so beforehand. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Price } from '../../../shared/spending.ts';
import { amountText, priceWords } from '../features/money.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { Io } from './io.ts';

export interface PriceOptions {
  readonly yes?: true;
  readonly maxCost?: number;
}

/** Adds the options of commands that may cost something. */
export function addPriceOptions(command: Command): Command {
  return command
    .addOption(new Option('--yes', 'pay what it costs without being asked'))
    .addOption(
      new Option('--max-cost <amount>', 'pay up to this without being asked, in the unit of the source; ask nothing if it would be more').argParser(
        readAmount,
      ),
    );
}

/** Whether the look-up may be made: true, or a rejection that says what to do. Nothing has been asked yet then. */
export async function agreeTo(price: Price, label: string, options: PriceOptions, io: Io): Promise<true> {
  const words = `${label}: ${priceWords(price, io.locale)}`;
  const { yes, maxCost } = options;
  if (yes === true || maxCost !== undefined) {
    tellPrice(price, label, maxCost, io);
    return true;
  }
  if (io.confirm === undefined) {
    throw new BacklinkLensError('usage.invalid', `${words}. Nothing was asked: add --yes to pay that, or --max-cost to pay up to an amount.`);
  }
  if (await io.confirm(`${words}. Go on?`)) return true;
  throw new DOMException('The price was not agreed to.', 'AbortError');
}

/** Says a price that nobody has to agree to. Throws `budget.spent` where it is more than it may be. */
export function tellPrice(price: Price, label: string, maxCost: number | undefined, io: Io): void {
  const words = `${label}: ${priceWords(price, io.locale)}`;
  if (maxCost !== undefined && price.amount > maxCost) {
    const most = amountText(maxCost, price.unit, io.locale);
    throw new BacklinkLensError('budget.spent', `${words}: more than --max-cost ${most}. Nothing was asked; ask for less, or raise it.`);
  }
  io.error(`${words}.\n`);
}

function readAmount(text: string): number {
  const amount = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(amount)) throw new InvalidArgumentError('Write an amount like 0.50.');
  return amount;
}
