/** Names of columns, made comparable. */

/** A name without case, accents, blanks and signs: `Referring Page URL`, `referring_page_url` and `"Referring page URL"` are one. */
export function columnName(cell: string): string {
  return cell
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}#]/gu, '');
}

/** Place of each role among the columns; a role that the export lacks is not in it. */
export type Places<Role extends string> = ReadonlyMap<Role, number>;

/**
 * Finds the columns of an export in a header.
 *
 * @param header comparable names, in their order
 * @param roles each role with the names it goes by, the best first
 */
export function placesOf<Role extends string>(header: readonly string[], roles: Readonly<Record<Role, readonly string[]>>): Places<Role> {
  const found = new Map<Role, number>();
  for (const role of Object.keys(roles) as Role[]) {
    for (const name of roles[role]) {
      const at = header.indexOf(name);
      if (at >= 0 && !found.has(role)) found.set(role, at);
    }
  }
  return found;
}
