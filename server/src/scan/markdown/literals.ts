/** GitHub's autolink literals: `www.example.com`, `https://example.com`, `a@example.com` without angle brackets. GFM 6.9, as micromark reads it. */
import { isAlpha, isAlphanumeric, isBlankOrEol, isControl, isPunctuation, isWhitespace } from './chars.ts';
import { UrlExtent } from './urlExtent.ts';

/** Finds literals around the character that gives them away: `:`, `@` or `w`. What was found last is in `start`, `end` and `prefix`. */
export class Literals {
  start = 0;
  end = 0;
  /** What the URL has that is not written: `http://` or `mailto:`. */
  prefix = '';
  private text = '';
  private from = 0;
  private to = 0;
  /** No e-mail address has its `@` at the end of a run of characters that reaches up to here. */
  private noEmailBefore = 0;
  private readonly extent = new UrlExtent();

  /** Starts on another text. */
  reset(text: string, start: number, end: number): void {
    this.text = text;
    this.from = start;
    this.to = end;
    this.noEmailBefore = start;
    this.extent.reset(text, start, end);
  }

  /**
   * Looks for a literal at or around `at`.
   *
   * @param floor characters before it belong to something else
   */
  find(at: number, floor: number): boolean {
    const code = this.text.charCodeAt(at);
    if (code === 58) return this.protocol(at, floor);
    return code === 64 ? this.email(at, floor) : this.www(at, floor);
  }

  private found(start: number, end: number, prefix: string): boolean {
    this.start = start;
    this.end = end;
    this.prefix = prefix;
    return end > 0;
  }

  /** The character before, a space at the start of the text. */
  private before(at: number): number {
    return at > this.from ? this.text.charCodeAt(at - 1) : 32;
  }

  private protocol(at: number, floor: number): boolean {
    const { text } = this;
    if (text.charCodeAt(at + 1) !== 47 || text.charCodeAt(at + 2) !== 47) return false;
    const start = (text.charCodeAt(at - 1) | 32) === 115 ? at - 5 : at - 4;
    if (start < floor || text.slice(start, start + 4).toLowerCase() !== 'http' || isAlpha(this.before(start))) return false;
    return this.startsDomain(at + 3) && this.found(start, this.extent.endFrom(at + 3), '');
  }

  private startsDomain(at: number): boolean {
    if (at >= this.to) return false;
    const code = this.text.charCodeAt(at);
    return !isControl(code) && !isWhitespace(code) && !isPunctuation(code);
  }

  private www(at: number, floor: number): boolean {
    const { text } = this;
    if ((text.charCodeAt(at + 1) | 32) !== 119 || (text.charCodeAt(at + 2) | 32) !== 119 || text.charCodeAt(at + 3) !== 46) return false;
    const before = this.before(at);
    if (at + 4 >= this.to || at < floor || !mayPrecedeWww(before)) return false;
    // An e-mail address that begins here or before, at `_`, comes first.
    const email = this.emailFrom(at);
    const start = email < 0 ? -1 : this.emailStart(at, floor);
    return start < 0 ? this.found(at, this.extent.endFrom(at), 'http://') : this.found(start, email, 'mailto:');
  }

  /** End of the e-mail address whose local part `from` lies in, or -1. */
  private emailFrom(from: number): number {
    const { text, to } = this;
    if (from < this.noEmailBefore) return -1;
    let at = from;
    while (at < to && isEmailChar(text.charCodeAt(at))) at++;
    const end = at < to && text.charCodeAt(at) === 64 ? this.emailDomainEnd(at + 1) : -1;
    if (end < 0) this.noEmailBefore = at;
    return end;
  }

  /** Start of the local part that goes up to `at`, or -1 where none may start. */
  private emailStart(at: number, floor: number): number {
    const { text } = this;
    let start = at;
    while (start > floor && isEmailChar(text.charCodeAt(start - 1))) start--;
    const before = this.before(start);
    return before === 47 || isEmailChar(before) ? -1 : start;
  }

  private email(at: number, floor: number): boolean {
    const start = this.emailStart(at, floor);
    return start >= 0 && start < at && this.found(start, this.emailDomainEnd(at + 1), 'mailto:');
  }

  /**
   * The domain of an e-mail address.
   *
   * @param from offset after `@`
   * @returns the offset after it, or -1
   */
  emailDomainEnd(from: number): number {
    const { text, to } = this;
    let dot = false;
    let at = from;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === 46) {
        if (at + 1 >= to || !isAlphanumeric(text.charCodeAt(at + 1))) break;
        dot = true;
      } else if (code !== 45 && code !== 95 && !isAlphanumeric(code)) {
        break;
      }
    }
    return dot && at > from && isAlpha(text.charCodeAt(at - 1)) ? at : -1;
  }
}

/** Characters of the local part of a bare e-mail address. */
function isEmailChar(code: number): boolean {
  return isAlphanumeric(code) || code === 43 || code === 45 || code === 46 || code === 95;
}

/** True for what may stand before a bare `www.`: nothing, white space, or one of `( * _ [ ] ~`. */
function mayPrecedeWww(code: number): boolean {
  return isBlankOrEol(code) || code === 40 || code === 42 || code === 95 || code === 91 || code === 93 || code === 126;
}
