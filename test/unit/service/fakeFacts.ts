/** Facts that a test sets by hand; it remembers who wanted what. */

import type { Facts, SourceHealth, WantOptions } from '../../../server/src/facts/facts.ts';
import type { Known, RowPage, Summary, Target } from '../../../shared/backlinks.ts';

export interface FakeFacts extends Facts {
  readonly wanted: { readonly ids: readonly string[]; readonly options: WantOptions }[];
  set(id: string, known: Known<Summary>): void;
  health: () => SourceHealth;
}

export function fakeFacts(): FakeFacts {
  const known = new Map<string, Known<Summary>>();
  const listeners = new Set<(targets: readonly Target[]) => void>();
  const noRows: RowPage = { rows: [], offset: 0, total: 0, generation: null };
  const wanted: FakeFacts['wanted'] = [];
  return {
    wanted,
    set(id, value) {
      known.set(id, value);
      for (const listener of listeners) listener([{ kind: 'page', name: id, id }]);
    },
    get: ({ id }) => known.get(id) ?? { state: 'unknown' },
    want: async (targets, options) => void wanted.push({ ids: targets.map(({ id }) => id), options }),
    rows: async () => noRows,
    price: async () => null,
    usage: () => null,
    balance: async () => null,
    info: () => null,
    health: () => ({ state: 'ok' }),
    onDidChange(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    close: async () => {},
  };
}
