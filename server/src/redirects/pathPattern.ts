/** Patterns of paths in files of redirects, each syntax read into the same few tokens and matched without ever going back: no pattern is slow. */

/**
 * One character, any run of characters, any run without a slash and at least one long, a character that may be missing, and a slash that is there only
 * where the token behind it, which must be `any`, stands for something: see `BELOW`.
 */
export type PathToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'segment' }
  | { readonly kind: 'below' }
  | { readonly kind: 'optional'; readonly text: string };

export type PathPattern = readonly PathToken[];

/** A folder itself, and everything in it. */
export const BELOW: PathPattern = [{ kind: 'below' }, { kind: 'any' }];

/** @param text one character a token, so that a set of places is all a match needs to know */
export function exactly(text: string): PathPattern {
  return Array.from(text, (character) => ({ kind: 'text', text: character }));
}

/** The path itself when a pattern has no wildcard; null otherwise. */
export function exactPath(pattern: PathPattern): string | null {
  let path = '';
  for (const token of pattern) {
    if (token.kind === 'text') path += token.text;
    else if (token.kind !== 'optional') return null;
  }
  return path;
}

/** Whether a pattern takes the path, with or without the slash at its end: servers and site builders set it or leave it. */
export function takes(pattern: PathPattern, path: string): boolean {
  const plain = decoded(path);
  const other = plain.endsWith('/') ? plain.slice(0, -1) : `${plain}/`;
  return matches(pattern, plain) || matches(pattern, other);
}

/** Two paths are one page but for the slash at the end and the way they are encoded. */
export function samePath(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(path: string): string {
  const plain = decoded(path);
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

/** Percent signs that stand for nothing stay. */
export function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** All places of the pattern that may be reached are followed at once. */
function matches(pattern: PathPattern, path: string): boolean {
  let reached = passing(new Set([0]), pattern);
  for (const character of path) {
    const next = new Set<number>();
    for (const at of reached) {
      const token = pattern[at];
      if (token === undefined) continue;
      if (token.kind === 'any') next.add(at);
      else if (token.kind === 'segment' && character !== '/') next.add(at).add(at + 1);
      else if (token.kind === 'below' && character === '/') next.add(at + 1);
      else if ((token.kind === 'text' || token.kind === 'optional') && token.text === character) next.add(at + 1);
    }
    if (next.size === 0) return false;
    reached = passing(next, pattern);
  }
  return reached.has(pattern.length);
}

/** What may stand for nothing is passed over. */
function passing(reached: Set<number>, pattern: PathPattern): Set<number> {
  for (const at of reached) {
    const kind = pattern[at]?.kind;
    if (kind === 'any' || kind === 'optional') reached.add(at + 1);
    else if (kind === 'below') reached.add(at + 2);
  }
  return reached;
}
