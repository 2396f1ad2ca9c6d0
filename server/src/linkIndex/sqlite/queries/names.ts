/** Texts of a table by their ids. */
import { type Statements, textOf } from '../statements.ts';

/** Of the ids that there are. */
export function namesById(
  statements: Statements,
  table: 'anchor' | 'domain' | 'form',
  column: 'text' | 'name' | 'url',
  ids: readonly number[],
): Map<number, string> {
  if (ids.length === 0) return new Map();
  const sql = `select t.id, t.${column} from json_each(?) k cross join ${table} t on t.id = k.value`;
  return new Map(statements.values(sql, JSON.stringify([...new Set(ids)])).map(([id, text]) => [Number(id), textOf(text) ?? '']));
}
