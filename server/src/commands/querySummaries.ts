/** The totals that `query` prints of one target or of thousands: `--summary`, with further targets by `--with`. */
import { InvalidArgumentError } from 'commander';
import type { Summary, Target } from '../../../shared/backlinks.ts';
import { readTargetArgument } from './arguments.ts';
import type { ListReading, Printed } from './queryLists.ts';
import { type Column, drawn, number, share, strength } from './queryText.ts';
import { readTargets } from './targets.ts';

/** Targets of one question at most. */
const MOST = 10_000;

const COLUMNS: readonly Column<Summary>[] = [
  strength((summary) => summary.strength),
  number('links', ({ backlinks, unit }) => (unit === 'links' ? backlinks : null)),
  number('pages', ({ backlinks, unit, referringPages }) => (unit === 'pages' ? backlinks : referringPages)),
  number('domains', ({ referringDomains }) => referringDomains),
  share(({ followed }) => followed),
  number('internal', ({ internalBacklinks }) => internalBacklinks),
  number('new', ({ newBacklinks }) => newBacklinks ?? null),
  number('lost', ({ lostBacklinks }) => lostBacklinks ?? null),
  { head: 'stated by', of: ({ statedBy }) => statedBy ?? '' },
  { head: 'target', of: ({ target }) => target.name },
];

/**
 * Targets with commas between them, or a file that names one a line.
 *
 * @throws InvalidArgumentError
 */
export function readManyTargets(text: string, before: readonly Target[] = []): readonly Target[] {
  const targets = [...before, ...readTargets(text).map(readNamed)];
  if (targets.length >= MOST)
    throw new InvalidArgumentError(`These are more than ${MOST.toLocaleString('en')} targets with the first. Ask in parts.`);
  return targets;
}

function readNamed(name: string): Target {
  try {
    return readTargetArgument(name);
  } catch (error) {
    throw error instanceof InvalidArgumentError ? new InvalidArgumentError(`"${name.slice(0, 200)}": ${error.message}`) : error;
  }
}

/** One summary a target, in the order named. */
export async function printSummaries(targets: readonly Target[], { store, signal, screen }: ListReading): Promise<Printed> {
  const summaries = await store.summaries(targets, signal);
  const [since = null] = summaries.flatMap(({ changesSince }) => changesSince ?? []);
  const table = drawn(COLUMNS, summaries, { entries: 'targets', offset: 0, total: summaries.length }, screen);
  return { json: { summaries }, text: since === null ? table : `${table}new and lost since ${since}\n` };
}
