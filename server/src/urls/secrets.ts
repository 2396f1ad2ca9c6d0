/** Parts of a URL that look like a secret or name a person: such a URL is never sent anywhere. */
import { parse } from 'tldts';

/** Words of parameter names that carry secrets whatever their value is. */
const SECRET_WORD =
  /^(?:token|secret|password|passwd|passphrase|pwd|auth|authorization|authtoken|bearer|apikey|accesskey|privatekey|sig|signature|hmac|jwt|otp|credential|credentials|session|sessionid|sessid|phpsessid|jsessionid|sid|csrf|xsrf|email|mail|ticket|samlresponse)$/;
/** Names that are secrets only with a value that nobody would type. */
const PERHAPS_SECRET = /^(?:key|code|state|hash|h|t|s|pass|access|id_token|invite|invitation|confirm|confirmation|verify|verification|reset)$/;
const TWO_WORDS =
  /^(?:api|access|private|secret|subscription|client|consumer|auth|session|security|reset|invite)[_.-]?(?:key|token|secret|id|code|password)$/;
/** Shapes of well-known keys: JSON Web Token (RFC 7519), and the prefixes that vendors publish so that scanners find leaked keys. */
const SECRET_SHAPE =
  /(?:^|[^A-Za-z0-9])(?:eyJ[\w-]{8,}\.[\w-]{8,}|sk-[\w-]{20,}|sk_(?:live|test)_\w{16,}|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|AIza[\w-]{35}|npm_\w{30,})/;
const EMAIL = /(?<=[^\s@/?&=:;,<>"])@([^\s@/?&=:;,<>"]+\.[a-z]{2,})/gi;

/** True when a parameter, path segment or value in the URL looks like a token, a signature, a key or an e-mail address. */
export function looksSecret(url: URL): boolean {
  for (const parameter of url.search.slice(1).split('&')) {
    const equals = parameter.indexOf('=');
    const name = decoded(equals < 0 ? parameter : parameter.slice(0, equals));
    const value = equals < 0 ? '' : decoded(parameter.slice(equals + 1));
    if (value !== '' && isSecretName(name, value)) return true;
  }
  const rest = decoded(url.pathname + url.search);
  return SECRET_SHAPE.test(rest) || hasEmail(rest) || /;jsessionid=/i.test(rest);
}

function isSecretName(name: string, value: string): boolean {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  if (PERHAPS_SECRET.test(spaced)) return looksRandom(value);
  if (TWO_WORDS.test(spaced)) return true;
  return spaced.split(/[^a-z0-9]+/).some((word) => SECRET_WORD.test(word)) || SECRET_WORD.test(name.toLowerCase());
}

/** Long, without blanks, digits among letters: nobody typed it. */
function looksRandom(value: string): boolean {
  return value.length >= 16 && /^[\w+/=.~-]+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

/** An address at a domain under a real top-level domain: `jquery@3.min.js` is none. */
function hasEmail(text: string): boolean {
  if (!text.includes('@')) return false;
  return [...text.matchAll(EMAIL)].some((match) => parse(match[1] ?? '').isIcann === true);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
