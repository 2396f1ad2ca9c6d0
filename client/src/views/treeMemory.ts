/** What the tree *Links* remembers of a workspace from one window to the next: its arrangement, and what was folded and unfolded. */
import type * as vscode from 'vscode';
import { type Arrangement, readArrangement } from './arrangement.ts';

export interface TreeMemory {
  readonly arrangement: () => Arrangement;
  readonly arrange: (arrangement: Arrangement) => void;
  /** Whether the user unfolded or folded it; undefined: neither. */
  readonly unfolded: (id: string) => boolean | undefined;
  readonly fold: (id: string, unfolded: boolean) => void;
  /** Whether the tree follows the cursor. */
  readonly follows: () => boolean;
  readonly follow: (follows: boolean) => void;
}

/** Groups whose folding is remembered: the latest. */
const MOST = 300;

/** @param storage the workspace's own */
export function createTreeMemory(storage: vscode.Memento): TreeMemory {
  const folds = new Map<string, boolean>(readFolds(storage.get('links.folds')));
  const keep = (key: string, value: unknown) => void storage.update(key, value);
  return {
    arrangement: () => readArrangement(storage.get('links.arrangement')),
    arrange: ({ grouping, sort }) => keep('links.arrangement', { grouping, sort }),
    unfolded: (id) => folds.get(id),
    fold: (id, unfolded) => {
      folds.delete(id);
      folds.set(id, unfolded);
      for (const oldest of [...folds.keys()].slice(0, Math.max(0, folds.size - MOST))) folds.delete(oldest);
      keep('links.folds', [...folds]);
    },
    follows: () => storage.get('links.follows') === true,
    follow: (follows) => keep('links.follows', follows),
  };
}

function readFolds(value: unknown): [string, boolean][] {
  if (!Array.isArray(value)) return [];
  return value.filter((entry): entry is [string, boolean] => Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'boolean');
}
