/** Parts of a URL that look like a secret or name a person: such a URL is never sent anywhere. */
import { parse } from 'tldts';

/** Words of parameter names that carry secrets whatever their value is. */
const SECRET_WORD =
  /^(?:token|secret|password|passwd|passphrase|pwd|auth|authorization|authtoken|bearer|apikey|accesskey|privatekey|sig|signature|hmac|jwt|otp|credential|credentials|session|sessionid|sessid|phpsessid|jsessionid|sid|csrf|xsrf|email|mail|ticket|samlresponse)$/;
/** Names that are secrets only with a value that nobody would type. */
const PERHAPS_SECRET = /^(?:key|code|state|hash|h|t|s|pass|access|id_token|invite|invitation|confirm|confirmation|verify|verification|reset)$/;
const TWO_WORDS =
  /^(?:api|access|private|secret|subscription|client|consumer|auth|session|security|reset|invite)[_.-]?(?:key|token|secret|id|code|password)$/;
/** Steps of a path after which a text that nobody would type is somebody's one-time key. */
const ONE_TIME =
  /^(?:reset|reset-password|password-reset|confirm|confirmation|verify|verification|activate|activation|invite|invitation|unsubscribe|magic|token)$/;
/** Shapes of well-known keys: JSON Web Token (RFC 7519), and the prefixes that vendors publish so that scanners find leaked keys. */
const SECRET_SHAPE =
  /(?:^|[^A-Za-z0-9])(?:eyJ[\w-]{8,}\.[\w-]{8,}|sk-[\w-]{20,}|sk_(?:live|test)_\w{16,}|gh[pousr]_\w{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|AIza[\w-]{35}|npm_\w{30,})/;
/** Addresses that are keys as a whole: whoever has one may post, read or join. */
const SECRET_ADDRESS =
  /^(?:hooks\.slack\.com\/(?:services|workflows|triggers)\/|(?:\w+\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/|api\.telegram\.org\/(?:file\/)?bot\d+:|[\w.-]+\.webhook\.office\.com\/|hooks\.zapier\.com\/hooks\/|calendar\.google\.com\/calendar\/ical\/.*\/private-)/i;
const EMAIL = /(?<=[^\s@/?&=:;,<>"])@([^\s@/?&=:;,<>"]+\.[a-z]{2,})/gi;
/** Name and password before a host, inside an address that is part of this one. */
const USERINFO = /:\/\/[^\s/?#@]+@/;
/** An address inside an address inside an address: nobody goes deeper without meaning to. */
const DEEPEST = 4;

/** True when a parameter, path segment or value in the URL looks like a token, a signature, a key or an e-mail address. */
export function looksSecret(url: URL): boolean {
  if (SECRET_ADDRESS.test(url.hostname + decoded(url.pathname))) return true;
  if (hasOneTimeKey(url.pathname)) return true;
  return textsOf(url.pathname + url.search).some(
    (text) => SECRET_SHAPE.test(text) || USERINFO.test(text) || hasEmail(text) || hasSecretParameter(text),
  );
}

/**
 * The addresses inside a URL, in its path or in its parameters, however often they are encoded: what leads to one tells of it.
 *
 * @returns texts that begin with `http://` or `https://`
 */
export function innerAddresses(url: URL): readonly string[] {
  return textsOf(url.pathname + url.search).flatMap((text) => [...text.matchAll(/https?:\/+[^\s"'<>]+/gi)].map(([address]) => address));
}

/** The text as it is written, and decoded as long as that makes another of it. */
function textsOf(text: string): readonly string[] {
  const texts = [text];
  for (let next = decoded(text); texts.length < DEEPEST && next !== texts.at(-1); next = decoded(next)) texts.push(next);
  return texts;
}

/** Wherever parameters stand: after `?`, `&`, `;` or `#`, of this address or of one inside it. */
function hasSecretParameter(text: string): boolean {
  return text.split(/[?&;#]/).some((parameter, index) => {
    const equals = parameter.indexOf('=');
    if (index === 0 || equals < 0) return false;
    const value = decoded(parameter.slice(equals + 1));
    return value !== '' && isSecretName(decoded(parameter.slice(0, equals)), value);
  });
}

function hasOneTimeKey(path: string): boolean {
  const steps = path.split('/').map(decoded);
  return steps.some((step, index) => ONE_TIME.test(steps[index - 1]?.toLowerCase() ?? '') && looksRandom(step));
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
