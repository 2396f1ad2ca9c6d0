/** How far the domain and path of a bare URL go. GFM 6.9, "extended autolink path validation", in the form that micromark gives it. */
import { isAlpha, isPunctuation, isWhitespace } from './chars.ts';

const TRAIL = new Uint8Array(128);
for (const character of '!"\')*,.:;?_~') TRAIL[character.charCodeAt(0)] = 1;
const PATH_STOPS = new Uint8Array(128);
for (const character of '!"&\')*,.:;<?]_~') PATH_STOPS[character.charCodeAt(0)] = 1;

/** Look-aheads over runs of punctuation and over one long domain are remembered per text. */
export class UrlExtent {
  private text = '';
  private end = 0;
  /** No trailing punctuation that starts before here goes on to the end of the literal. */
  private notTrailUntil = 0;
  private domainFrom = 0;
  private domainEnd = 0;
  private lastUnderscore = -1;

  /** Starts on another text. */
  reset(text: string, start: number, end: number): void {
    this.text = text;
    this.end = end;
    this.notTrailUntil = start;
    this.domainFrom = 0;
    this.domainEnd = start;
    this.lastUnderscore = -1;
  }

  /**
   * Domain and path from `from`.
   *
   * @returns the offset after them, or -1
   */
  endFrom(from: number): number {
    if (from < this.domainFrom || from >= this.domainEnd) this.scanDomain(from);
    if (this.domainEnd <= from || this.lastUnderscore >= from) return -1;
    return this.pathEnd(this.domainEnd);
  }

  /** End of the domain, and the last underscore in its last two segments, which forbids it. */
  private scanDomain(from: number): void {
    const { text, end } = this;
    let inLast = -1;
    let inPrevious = -1;
    let at = from;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 46 || code === 95) {
        if (this.isTrail(at)) break;
        if (code === 95) {
          inLast = at;
        } else {
          inPrevious = inLast;
          inLast = -1;
        }
      } else if (isWhitespace(code) || (code !== 45 && isPunctuation(code))) {
        break;
      }
    }
    this.domainFrom = from;
    this.domainEnd = at;
    this.lastUnderscore = Math.max(inLast, inPrevious);
  }

  private pathEnd(from: number): number {
    const { text, end } = this;
    let opened = 0;
    let closed = 0;
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === 40) opened++;
      else if (code === 41 && closed < opened) closed++;
      else if (code < 128 && PATH_STOPS[code] === 1) {
        if (this.isTrail(at)) return at;
        if (code === 41) closed++;
      } else if (isWhitespace(code)) return at;
    }
    return end;
  }

  /** True where only punctuation stands between `from` and the end of the literal. */
  private isTrail(from: number): boolean {
    if (from < this.notTrailUntil) return false;
    const { text, end } = this;
    let at = from;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (code < 128 && TRAIL[code] === 1) {
        at++;
      } else if (code === 38) {
        let letter = at + 1;
        while (letter < end && isAlpha(text.charCodeAt(letter))) letter++;
        if (letter === at + 1 || letter >= end || text.charCodeAt(letter) !== 59) return this.notTrail(letter);
        at = letter + 1;
      } else if (code === 93) {
        at++;
        const next = text.charCodeAt(at);
        if (at >= end || next === 40 || next === 91 || isWhitespace(next)) return true;
      } else {
        return code === 60 || isWhitespace(code) || this.notTrail(at);
      }
    }
    return true;
  }

  private notTrail(until: number): false {
    this.notTrailUntil = until;
    return false;
  }
}
