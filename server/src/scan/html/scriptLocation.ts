/**
 * Links made by script: an event handler or `javascript:` URL that sets the location to a literal URL
 * (`location.href = '/a'`, `window.location.replace("/a")`). Anything computed is no literal and is left alone.
 */

export interface ScriptUrl {
  /** Index range of the URL between its quotes. */
  readonly start: number;
  readonly end: number;
  readonly url: string;
}

/** Assignment, or a call of assign or replace, up to the opening quote. */
const SETS_LOCATION = /(?<![\w$-])location(?:[ \t]*\.[ \t]*href)?[ \t]*(?:=(?!=)|\.[ \t]*(?:assign|replace)[ \t]*\()[ \t]*(["'`])/g;
const REST = /[ \t\r\n]*(?:\+|\.)/y;

/** The literal URLs that `script` sets the location to, in order. */
export function scriptLocations(script: string): ScriptUrl[] {
  if (!script.includes('location')) return [];
  const found: ScriptUrl[] = [];
  SETS_LOCATION.lastIndex = 0;
  for (let match = SETS_LOCATION.exec(script); match !== null; match = SETS_LOCATION.exec(script)) {
    const start = SETS_LOCATION.lastIndex;
    const end = endOfLiteral(script, start, match[1] ?? '');
    if (end < 0) continue;
    SETS_LOCATION.lastIndex = end + 1;
    const raw = script.slice(start, end);
    REST.lastIndex = end + 1;
    if (raw.trim() === '' || REST.test(script) || (match[1] === '`' && raw.includes('${'))) continue;
    found.push({ start, end, url: unescapeScript(raw) });
  }
  return found;
}

function endOfLiteral(script: string, from: number, quote: string): number {
  for (let at = from; at < script.length; at++) {
    const character = script[at];
    if (character === quote) return at;
    if (character === '\n' && quote !== '`') return -1;
    if (character === '\\') at++;
  }
  return -1;
}

function unescapeScript(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(/\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|([\s\S]))/gi, (_whole, hex?: string, unicode?: string, character?: string) => {
    const code = hex ?? unicode;
    return code === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(code, 16));
  });
}
