/**
 * Configuration of nginx: `rewrite`, `return` inside a `location`, and the entries of a `map` over the address.
 * Format: nginx.org, ngx_http_rewrite_module, ngx_http_core_module (location), ngx_http_map_module.
 */
import { decoded, exactly, type PathPattern } from './pathPattern.ts';
import { additions, lineBreak, type Move, type Redirect, type RedirectFormat, type Span } from './redirect.ts';
import { readRegex, regexOf } from './regexPattern.ts';

interface Word extends Span {
  readonly text: string;
}

/** A simple directive with the blocks around it, the innermost last. */
interface Directive extends Span {
  readonly words: readonly Word[];
  readonly blocks: readonly (readonly Word[])[];
}

interface Block extends Span {
  readonly words: readonly Word[];
  readonly depth: number;
}

export const nginx: RedirectFormat = {
  parse(text) {
    return read(text).directives.flatMap((directive) => readDirective(directive) ?? []);
  },
  add(text, moves) {
    const parts = read(text);
    const server = parts.closed ? serverOf(parts) : null;
    if (server === null) return null;
    const { changes, missing } = additions(nginx.parse(text), moves);
    if (missing.length === 0) return changes;
    const end = lineBreak(text);
    // Rewrites of a server are asked before any location is looked for, and in their order: these are exact, so they come first.
    const at = server === 'snippet' ? 0 : server.start;
    const indent = server === 'snippet' ? '' : indentOf(text, server);
    const lines = missing.map((move) => `${indent}${lineOf(move)}`);
    const newText = server === 'snippet' ? lines.map((line) => line + end).join('') : lines.map((line) => end + line).join('');
    return [...changes, { start: at, end: at, newText }];
  },
};

/** The server that serves pages; null where it is not clear which. A file without any may be a part that a server includes. */
function serverOf({ blocks, directives }: Parts): Block | 'snippet' | null {
  const servers = blocks.filter(({ words }) => words[0]?.text === 'server');
  if (servers.length === 0) return blocks.every(({ depth, words }) => depth > 0 || /^(?:location|if)$/.test(words[0]?.text ?? '')) ? 'snippet' : null;
  // One that only sends everybody to https, or to the host with or without www.
  const sends = (server: Block) => directives.some(({ words, blocks: around }) => words[0]?.text === 'return' && around.at(-1) === server.words);
  const serving = servers.filter((server) => !sends(server));
  return serving.length === 1 ? (serving[0] ?? null) : null;
}

/** As deep as the first line inside the block. */
function indentOf(text: string, { start }: Block): string {
  return /^[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)([^\S\r\n]+)\S/.exec(text.slice(start, start + 2_000))?.[1] ?? '    ';
}

/** Quoted words, comments, and the three characters that part the rest. */
const TOKEN =
  /\s+|#[^\r\n]*|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|[{};]|(?:\\.|\$\{\w*\}|[^\s{};"'#\\])(?:\\.|\{\d+(?:,\d*)?\}|\$\{\w*\}|[^\s{};])*/gy;

interface Parts {
  readonly directives: readonly Directive[];
  readonly blocks: readonly Block[];
  /** Every brace has its like. */
  readonly closed: boolean;
}

function read(text: string): Parts {
  const directives: Directive[] = [];
  const blocks: Block[] = [];
  const open: (readonly Word[])[] = [];
  let words: Word[] = [];
  const token = new RegExp(TOKEN);
  for (let at = 0; at < text.length; ) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) {
      at++;
      continue;
    }
    const [whole, double, single] = found;
    const start = at;
    at = token.lastIndex;
    if (/^[\s#]/.test(whole)) continue;
    if (whole === ';') {
      const first = words[0];
      if (first !== undefined) directives.push({ words, blocks: [...open], start: lineStart(text, first.start), end: lineEndAfter(text, at) });
      words = [];
    } else if (whole === '{') {
      blocks.push({ words, depth: open.length, start: at, end: at });
      open.push(words);
      words = [];
    } else if (whole === '}') {
      open.pop();
      words = [];
    } else {
      const quote = double === undefined && single === undefined ? 0 : 1;
      words.push({ text: double ?? single ?? whole, start: start + quote, end: at - quote });
    }
  }
  return { directives, blocks, closed: open.length === 0 };
}

/** A directive alone on its line takes the line along when it goes. */
function lineStart(text: string, at: number): number {
  const blank = /[^\S\r\n]*$/.exec(text.slice(Math.max(0, at - 200), at))?.[0].length ?? 0;
  return at - blank;
}

function lineEndAfter(text: string, at: number): number {
  return at + (/^[^\S\r\n]*(?:\r\n|\n|\r)/.exec(text.slice(at, at + 200))?.[0].length ?? 0);
}

function readDirective({ words, blocks, start, end }: Directive): Redirect | null {
  const [name, first, second, third] = words;
  const around = blocks.at(-1);
  const conditional = blocks.some(([block]) => block?.text === 'if');
  const whole = { start, end };
  if (name?.text === 'rewrite' && first !== undefined && second !== undefined) {
    const status = third?.text === 'permanent' ? 301 : third?.text === 'redirect' || /^https?:/.test(second.text) ? 302 : 200;
    return { ...common(first.text, readRegex(first.text), second), status, conditional, whole };
  }
  if (around?.[0]?.text === 'map' && /uri/.test(around[1]?.text ?? '') && name !== undefined && first !== undefined)
    return readEntry(name, first, whole);
  if (name?.text !== 'return' || first === undefined || around?.[0]?.text !== 'location') return null;
  const location = readLocation(around.slice(1).map(({ text }) => text));
  const status = /^\d{3}$/.test(first.text) ? Number(first.text) : 302;
  if (location === null || (second === undefined && status < 400 && !/^https?:/.test(first.text))) return null;
  return { ...common(around.at(-1)?.text ?? '', location, second), status, conditional, whole };
}

function common(from: string, pattern: PathPattern, to: Word | undefined): Pick<Redirect, 'from' | 'pattern' | 'to' | 'destination'> {
  return { from, pattern, to: to?.text ?? null, destination: to === undefined ? null : { start: to.start, end: to.end } };
}

/** `= /a`, `~ ^/a`, `^~ /a`, `/a`. */
function readLocation(words: readonly string[]): PathPattern | null {
  const [first = '', second] = words;
  if (second === undefined) return first.startsWith('/') ? [...exactly(decoded(first)), { kind: 'any' }] : null;
  if (first === '=') return exactly(decoded(second));
  if (first === '^~') return [...exactly(decoded(second)), { kind: 'any' }];
  return first === '~' || first === '~*' ? readRegex(second) : null;
}

function readEntry(from: Word, to: Word, whole: Span): Redirect | null {
  if (/^(?:default|hostnames|include|volatile)$/.test(from.text) || to.text === '') return null;
  const regex = /^~\*?(.*)$/.exec(from.text)?.[1];
  const pattern = regex === undefined ? exactly(decoded(from.text)) : readRegex(regex);
  return { ...common(from.text, pattern, to), status: 301, conditional: false, whole };
}

function lineOf({ from, to }: Move): string {
  const word = (text: string) => (/[\s;{}"']/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text);
  return `rewrite ${word(`^${regexOf(decoded(from))}$`)} ${word(to)} permanent;`;
}
