/** `backlink-lens usage`: what is left in the account of a source, and what was spent today where a cache keeps count. */
import { Command } from 'commander';
import type { Balance, Usage } from '../../../shared/spending.ts';
import { createFactStore } from '../facts/factStore.ts';
import { amountText } from '../features/money.ts';
import { systemClock } from '../util/clock.ts';
import { type Io, logTo } from './io.ts';
import { cacheOption, openCache } from './kept.ts';
import { openSource, SOURCE_WORDS } from './source.ts';

interface UsageOptions {
  readonly cache?: string;
  readonly json?: true;
}

export function usageCommand(io: Io): Command {
  return new Command('usage')
    .description('Say what is left in the account of a source, where it tells that for free, and what was spent today.')
    .argument('<source>', SOURCE_WORDS)
    .addOption(cacheOption())
    .option('--json', 'the same for another program')
    .action(async (named: string, options: UsageOptions) => tellUsage(io, named, options));
}

async function tellUsage(io: Io, named: string, options: UsageOptions): Promise<void> {
  const log = logTo(io, false);
  const cache = openCache(options.cache, log);
  const facts = createFactStore({ clock: systemClock, log, cache });
  try {
    facts.setSource(openSource(io, named));
    const [balance] = await Promise.all([facts.balance(io.signal), facts.recount()]);
    const usage = facts.usage();
    if (usage === null) return;
    io.out(options.json === true ? `${JSON.stringify({ ...usage, balance }, null, 2)}\n` : lines(usage, balance, cache !== null, io.locale));
  } finally {
    await facts.close();
    await cache?.close();
  }
}

function lines({ source, unit, free, today }: Usage, balance: Balance | null, counted: boolean, locale: string): string {
  if (!source.remote) return `${source.label}: on this machine, costs nothing.\n`;
  const spent = [amountText(today.calls, 'calls', locale), amountText(today.rows, 'rows', locale)];
  const cost = free ? 'billed nothing' : amountText(today.amount, unit, locale);
  return [
    source.label,
    `  today    ${counted ? [...spent, cost].join(', ') : 'not counted; name a folder with --cache to have it counted'}`,
    `  account  ${balanceText(balance, unit, locale)}`,
    '',
  ].join('\n');
}

function balanceText(balance: Balance | null, unit: Usage['unit'], locale: string): string {
  if (balance === null || balance.left === null) return 'does not say what is left';
  const left = amountText(balance.left, unit, locale);
  const most = balance.limit === null ? '' : ` of ${amountText(balance.limit, unit, locale)}`;
  return `${left}${most} left${balance.renews === null ? '' : `, renewed on ${balance.renews}`}`;
}
