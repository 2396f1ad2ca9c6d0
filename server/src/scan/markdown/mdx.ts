/** MDX: modules at the top, JSX in place of HTML. https://mdxjs.com/docs/what-is-mdx/ */
import type { LinkDrafts } from '../drafts.ts';

/** True for a line that starts with `import` or `export`. */
export function isModuleLine(text: string, at: number, end: number): boolean {
  return /^(?:import|export)(?:[ \t{*'"(]|$)/.test(text.slice(at, Math.min(end, at + 7)));
}

const SPECIFIER = /\bfrom[ \t\r\n]*(['"])([^'"\r\n]*)\1|\bimport[ \t\r\n]*\(?[ \t\r\n]*(['"])([^'"\r\n]*)\3/g;

/** Collects the files and URLs that a module line imports; packages, named without a path, are none. */
export function readModule(text: string, start: number, end: number, drafts: LinkDrafts): void {
  const source = text.slice(start, end);
  for (const match of source.matchAll(SPECIFIER)) {
    const url = match[2] ?? match[4] ?? '';
    if (!/^(?:\.{0,2}\/|https?:)/i.test(url)) continue;
    const at = start + match.index + match[0].lastIndexOf(url);
    drafts.add(
      {
        span: { start: at, end: at + url.length },
        url,
        resolved: null,
        role: 'resource',
        tag: null,
        element: 'mdx-import',
        attribute: null,
        text: '',
        rel: [],
        position: null,
        complete: true,
      },
      at,
    );
  }
}

const TAG_NAME = /^<[A-Za-z][\w.:-]*/;
/** A tag is looked at no further than this, so that unbalanced braces cost little. */
const LONGEST_TAG = 2000;
/** Fills the value of an attribute that is computed: no URL of a document holds it. */
const COMPUTED = '\uffff';

/**
 * Rewrites JSX tags as HTML of the same length: `href={"x"}` becomes a quoted value, other expressions become blanks.
 *
 * @returns a text in which every character outside JSX tags is where it was
 */
export function jsxToHtml(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const name = TAG_NAME.exec(text.slice(at, at + 80));
    if (name === null) {
      at++;
      continue;
    }
    const tag = rewriteTag(text, at + name[0].length);
    if (tag !== null) {
      parts.push(text.slice(done, at + name[0].length), tag);
      done = at + name[0].length + tag.length;
    }
    at += name[0].length + (tag?.length ?? 0);
  }
  return done === 0 ? text : parts.join('') + text.slice(done);
}

const ATTRIBUTE_CHARACTERS = /[\w\s.:=/-]/;

/** The attributes of a tag up to its `>` on one line, with braces rewritten; null where this is no tag or nothing changes. */
function rewriteTag(text: string, from: number): string | null {
  const limit = Math.min(text.length, from + LONGEST_TAG);
  let rewritten = '';
  let done = from;
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === 62) return inOneLine(rewritten + text.slice(done, at), text.slice(from, at));
    if (code === 34 || code === 39) {
      const close = text.indexOf(code === 34 ? '"' : "'", at + 1);
      if (close < 0 || close >= limit) return null;
      at = close;
    } else if (code === 123) {
      const close = braceEnd(text, at, limit);
      if (close < 0) return null;
      rewritten += text.slice(done, at) + asHtml(text.slice(at, close), text.charCodeAt(at - 1) === 61);
      done = close;
      at = close - 1;
    } else if (!ATTRIBUTE_CHARACTERS.test(text.charAt(at))) return null;
  }
  return null;
}

/** Lines of a tag could start block quotes and lists. */
function inOneLine(attributes: string, before: string): string | null {
  const line = attributes.replace(/[\r\n]/g, ' ');
  return line === before ? null : line;
}

/** True for the value of an attribute that only running the document would give. */
export function isComputed(url: string): boolean {
  return url.includes(COMPUTED);
}

const COMPONENT_URL = /[ \t\r\n](href|to|src)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g;

/** True for `<Link …>`: a component, not an HTML element. */
export function isComponent(text: string, start: number): boolean {
  const code = text.charCodeAt(start + 1);
  return code >= 65 && code <= 90;
}

/** Collects the URLs of a component by the names that routers and frameworks give them: `href` and `to` link, `src` embeds. */
export function readComponent(text: string, start: number, end: number, drafts: LinkDrafts): void {
  const element = (/^[\w.:-]+/.exec(text.slice(start + 1, Math.min(end, start + 80)))?.[0] ?? '').toLowerCase();
  for (const match of text.slice(start, end).matchAll(COMPONENT_URL)) {
    const url = match[2] ?? match[3] ?? '';
    if (url === '') continue;
    const at = start + match.index + match[0].length - 1 - url.length;
    const attribute = match[1] ?? '';
    const links = attribute !== 'src';
    drafts.add(
      {
        span: { start: at, end: at + url.length },
        url: url.trim(),
        resolved: null,
        role: links ? 'hyperlink' : 'resource',
        tag: links ? 'a' : null,
        element,
        attribute,
        text: '',
        rel: [],
        position: null,
        complete: true,
      },
      start,
    );
  }
}

/** An expression that is one literal string stays, in quotes; others become blanks, after `=` a value that says so. */
function asHtml(expression: string, value: boolean): string {
  const literal = /^\{(\s*)(["'`])([^"'`\\${}]*)\2(\s*)\}$/.exec(expression);
  if (value && literal !== null) {
    const [, before = '', , content = '', after = ''] = literal;
    return `${' '.repeat(before.length + 1)}"${content}"${' '.repeat(after.length + 1)}`;
  }
  return value ? `"${COMPUTED.repeat(expression.length - 2)}"` : ' '.repeat(expression.length);
}

/** Offset after the brace that closes the one at `at`, or -1. */
function braceEnd(text: string, at: number, limit: number): number {
  let depth = 0;
  for (let next = at; next < limit; next++) {
    const code = text.charCodeAt(next);
    if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return next + 1;
  }
  return -1;
}
