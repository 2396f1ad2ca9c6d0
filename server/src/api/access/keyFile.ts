/** The keys of a service, as the command line makes and changes them; a running service sees each change at once. */
import type { SQLOutputValue } from 'node:sqlite';
import { BacklinkLensError } from '../../util/errors.ts';
import { transact } from '../../util/sqlite.ts';
import { guarded, type OpenOptions, openKeys } from './openKeys.ts';

export interface KeyInfo {
  readonly id: string;
  readonly name: string;
  /** Epoch milliseconds, like all times here. */
  readonly created: number;
  readonly suspended: number | null;
  /** Credits that it ever got; null where they are not counted. */
  readonly granted: number | null;
  /** Credits that its calls have cost, counted in any case. */
  readonly spent: number;
  /** Of its last call that was answered. */
  readonly used: number | null;
}

export interface KeyFile {
  /** @throws BacklinkLensError usage.invalid when the name is taken */
  add(key: { readonly id: string; readonly name: string; readonly verifier: string; readonly credits: number | null; readonly now: number }): void;
  /** In order of their names; those that were deleted are left out. */
  list(): readonly KeyInfo[];
  /** @param named name or id; @throws BacklinkLensError usage.invalid when there is none, as all that follow */
  suspend(named: string, now: number): KeyInfo;
  resume(named: string): KeyInfo;
  /** Its secret and its tokens are worthless from now on. */
  delete(named: string, now: number): KeyInfo;
  /** Adds credits; null stops counting. To a key that was not counted they are all that it has left. */
  grant(named: string, credits: number | null): KeyInfo;
  close(): void;
}

/** @throws BacklinkLensError as openKeys; every method, too, with keys.busy, keys.damaged or keys.not-writable */
export function openKeyFile(file: string, options: OpenOptions = {}): KeyFile {
  const database = openKeys(file, options);
  // What a person was told has happened must have happened, even if the power fails now.
  database.exec('PRAGMA synchronous = FULL');
  const columns = 'id, name, created, suspended, granted, spent, used';
  const all = database.prepare(`SELECT ${columns} FROM keys WHERE deleted IS NULL ORDER BY name`);
  const find = database.prepare(`SELECT ${columns} FROM keys WHERE deleted IS NULL AND (name = ?1 OR id = ?1) ORDER BY name = ?1 DESC LIMIT 1`);
  const insert = database.prepare('INSERT INTO keys (id, name, verifier, created, granted) VALUES (?, ?, ?, ?, ?)');
  const suspend = database.prepare('UPDATE keys SET suspended = ifnull(suspended, ?) WHERE id = ?');
  const resume = database.prepare('UPDATE keys SET suspended = NULL WHERE id = ?');
  const remove = database.prepare('UPDATE keys SET deleted = ?, verifier = NULL WHERE id = ?');
  const grant = database.prepare('UPDATE keys SET granted = ifnull(granted, spent) + ? WHERE id = ?');
  const free = database.prepare('UPDATE keys SET granted = NULL WHERE id = ?');

  function change(named: string, work: (id: string) => void): KeyInfo {
    return guarded(file, () =>
      transact(database, () => {
        const before = find.get(named);
        if (before === undefined) throw new BacklinkLensError('usage.invalid', `${file} has no key named ${named}: backlink-lens serve keys list`);
        work(String(before['id']));
        return toInfo(find.get(String(before['id'])) ?? before);
      }),
    );
  }

  return {
    add({ id, name, verifier, credits, now }) {
      guarded(file, () =>
        transact(database, () => {
          if (find.get(name) !== undefined)
            throw new BacklinkLensError('usage.invalid', `There is a key named ${name} already. Choose another name.`);
          insert.run(id, name, verifier, now, credits);
        }),
      );
    },
    list: () => guarded(file, () => all.all().map(toInfo)),
    suspend: (named, now) => change(named, (id) => suspend.run(now, id)),
    resume: (named) => change(named, (id) => resume.run(id)),
    delete: (named, now) => change(named, (id) => remove.run(now, id)),
    grant: (named, credits) => change(named, (id) => (credits === null ? free.run(id) : grant.run(credits, id))),
    close: () => database.close(),
  };
}

function toInfo(row: Record<string, SQLOutputValue>): KeyInfo {
  return {
    id: String(row['id']),
    name: String(row['name']),
    created: Number(row['created']),
    suspended: numberOf(row['suspended']),
    granted: numberOf(row['granted']),
    spent: Number(row['spent']),
    used: numberOf(row['used']),
  };
}

function numberOf(value: SQLOutputValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
