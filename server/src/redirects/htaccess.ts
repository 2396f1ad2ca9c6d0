/**
 * `.htaccess` of Apache: `Redirect`, `RedirectPermanent`, `RedirectTemp`, `RedirectMatch` (mod_alias) and `RewriteRule` with its conditions (mod_rewrite).
 * Format: Apache HTTP Server 2.4 documentation of both modules.
 */
import { decoded, exactly, type PathPattern } from './pathPattern.ts';
import { additions, insertionPoint, insertLines, linesOf, type Move, type Redirect, type RedirectFormat } from './redirect.ts';
import { readRegex, regexOf } from './regexPattern.ts';

export const htaccess: RedirectFormat = {
  parse(text) {
    const rules: Redirect[] = [];
    let conditional = false;
    for (const { line, start, end } of linesOf(text)) {
      const words = wordsOf(line);
      const directive = words[0]?.text.toLowerCase();
      if (directive === 'rewritecond') conditional = true;
      else if (directive !== undefined && !directive.startsWith('#')) {
        const rule = readDirective(directive, words, { start, end }, conditional);
        if (rule !== null) rules.push(rule);
        if (directive === 'rewriterule') conditional = false;
      }
    }
    return rules;
  },
  add(text, moves) {
    const { changes, missing, before } = additions(htaccess.parse(text), moves);
    const engine = [...linesOf(text)].find(({ line }) => /^\s*RewriteEngine\s+on\b/i.test(line));
    // Rewriting comes before mod_alias: where it is on, a rule of the other kind might never be asked.
    const lines = missing.map(engine === undefined ? aliasOf : rewriteOf);
    const at = engine?.end ?? insertionPoint(text, before);
    const added = insertLines(text, at, lines);
    return added === null ? changes : [...changes, added];
  },
};

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words may stand in quotes. */
function wordsOf(line: string): Word[] {
  return [...line.matchAll(/"((?:\\.|[^"\\])*)"|(\S+)/g)].map(({ 0: whole, 1: quoted, index }) => ({
    text: quoted === undefined ? whole : quoted.replace(/\\(["\\])/g, '$1'),
    start: index + (quoted === undefined ? 0 : 1),
    end: index + whole.length - (quoted === undefined ? 0 : 1),
  }));
}

function readDirective(directive: string, words: readonly Word[], place: { start: number; end: number }, conditional: boolean): Redirect | null {
  switch (directive) {
    case 'redirect':
    case 'redirectmatch':
    case 'redirectpermanent':
    case 'redirecttemp':
      return readAlias(directive, words.slice(1), place);
    case 'rewriterule':
      return readRewrite(words.slice(1), place, conditional);
    default:
      return null;
  }
}

const NAMED: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

function readAlias(directive: string, words: readonly Word[], place: { start: number; end: number }): Redirect | null {
  const given = statusOf(words[0]?.text ?? '');
  const [from, to] = given === null ? words : words.slice(1);
  if (from === undefined) return null;
  const status = directive === 'redirectpermanent' ? 301 : directive === 'redirecttemp' ? 302 : (given ?? 302);
  if (to === undefined && (status < 400 || status > 499)) return null;
  const pattern = directive === 'redirectmatch' ? readRegex(from.text) : prefixOf(from.text);
  if (pattern === null) return null;
  return toRedirect(from.text, pattern, to, { status, conditional: false }, place);
}

function statusOf(word: string): number | null {
  return NAMED[word.toLowerCase()] ?? (/^\d{3}$/.test(word) ? Number(word) : null);
}

/** `Redirect /a` takes `/a` and everything below it; for what has an extension that is the page alone. */
function prefixOf(from: string): PathPattern | null {
  if (!from.startsWith('/')) return null;
  const plain = exactly(decoded(from));
  return /\.[a-z0-9]+$/i.test(from) ? plain : [...plain, { kind: 'any' }];
}

function readRewrite(words: readonly Word[], place: { start: number; end: number }, conditional: boolean): Redirect | null {
  const [from, to, flags] = words;
  const gone = /(?:^|[[,])\s*G(?:one)?\s*(?:[\],]|$)/i.test(flags?.text ?? '');
  if (from === undefined || to === undefined || from.text.startsWith('!') || (to.text === '-' && !gone)) return null;
  const redirect = /(?:^|[[,])\s*R(?:edirect)?(?:=(\w+))?\s*(?:[\],]|$)/i.exec(flags?.text ?? '');
  const status = gone ? 410 : redirect === null ? 200 : (statusOf(redirect[1] ?? '302') ?? 302);
  // In a folder's own file the path is matched without its first slash.
  const source = from.text.replace(/^\^\/?/, '^');
  const pattern = source.startsWith('^') ? readRegex(source, '/') : readRegex(source);
  // A rewrite with conditions sends what is no file to a program: whether that knows the page nobody here can say.
  return toRedirect(from.text, pattern, gone ? undefined : to, { status, conditional: conditional && status !== 200 }, place);
}

function toRedirect(
  from: string,
  pattern: PathPattern,
  to: Word | undefined,
  { status, conditional }: Pick<Redirect, 'status' | 'conditional'>,
  { start, end }: { start: number; end: number },
): Redirect {
  const destination = to === undefined ? null : { start: start + to.start, end: start + to.end };
  return { from, pattern, to: to?.text ?? null, status, conditional, whole: { start, end }, destination };
}

function aliasOf({ from, to }: Move): string {
  return `RedirectMatch 301 ${quoted(`^${regexOf(decoded(from))}$`)} ${quoted(to)}`;
}

function rewriteOf({ from, to }: Move): string {
  return `RewriteRule ${quoted(`^${regexOf(decoded(from).replace(/^\//, ''))}$`)} ${quoted(to)} [R=301,L,NE]`;
}

function quoted(word: string): string {
  return /[\s"]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word;
}
