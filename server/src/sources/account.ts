/** The name under which a source's answers are kept: whose data, asked by which account, without telling the key. */
import { createHash } from 'node:crypto';

/**
 * @param parts what makes answers differ: the endpoint, the key, a chosen database. They go in as a hash only.
 * @returns `id:` and 16 hexadecimal digits
 */
export function accountName(id: string, ...parts: readonly string[]): string {
  return `${id}:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)}`;
}
