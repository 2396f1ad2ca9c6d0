/** Results of a pure function, remembered by their argument. */
import { ownString } from './ownString.ts';

/**
 * @param most entries; when there are more everything is forgotten, which costs one slow round
 */
export function remember<T>(compute: (argument: string) => T, most: number): (argument: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (argument) => {
    const found = known.get(argument);
    if (found !== undefined) return found.value;
    const value = compute(argument);
    if (known.size >= most) known.clear();
    known.set(ownString(argument), { value });
    return value;
  };
}
