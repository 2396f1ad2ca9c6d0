/** Reads values of parsed JSON whose shape nobody promises. */

/** The value of a name in an object; undefined where there is none. */
export function field(value: unknown, ...names: readonly string[]): unknown {
  let found = value;
  for (const name of names) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[name];
  }
  return found;
}

/** A text without the NULs and halves of characters that JSON can write and HTML cannot; undefined for anything else. */
export function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return value.includes('\0') ? value.replaceAll('\0', '').toWellFormed() : value.toWellFormed();
}

/** The elements of an array; none for anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The texts of an object by lower-case name; numbers count as texts, and several values of one name are joined.
 *
 * @param separator between several values of the name
 */
export function texts(value: unknown, separator: (name: string) => string = () => ', '): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, content] of Object.entries(value)) {
    const name = key.toLowerCase();
    for (const one of Array.isArray(content) ? content : [content]) {
      if (typeof one !== 'string' && typeof one !== 'number') continue;
      const before = found.get(name);
      found.set(name, before === undefined ? String(one).trim() : before + separator(name) + String(one).trim());
    }
  }
  return found;
}
