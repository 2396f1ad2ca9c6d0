/** Fields without which a row or an entry of a reply is none. */
import type { Checker, Fields } from './check.ts';

/** Text that must be there and not be empty. Throws `source.bad-reply`. */
export function requiredText(fields: Fields, name: string, path: string, check: Checker): string {
  const text = check.textOrNone(fields[name], `${path}.${name}`);
  if (text === null) throw check.wrong(fields[name], 'text', `${path}.${name}`);
  return text;
}

/** A whole number that must be there. Throws `source.bad-reply`. */
export function requiredCount(fields: Fields, name: string, path: string, check: Checker): number {
  const count = check.count(fields[name], `${path}.${name}`);
  if (count === null) throw check.wrong(fields[name], 'a whole number', `${path}.${name}`);
  return count;
}
