/**
 * Secrets as they are kept: a salted scrypt hash in the words of the PHC string format (`$scrypt$ln=15,r=8,p=3$salt$hash`), so that the
 * parameters may change later without making old keys worthless.
 * Parameters: OWASP Password Storage Cheat Sheet, section scrypt, which takes N = 2^15, r = 8, p = 3 for as strong as N = 2^17, r = 8, p = 1, at a
 * quarter of the memory (32 MB a run). Format: github.com/P-H-C/phc-string-format.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

interface Parameters {
  /** Logarithm of N to base 2. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

const PARAMETERS: Parameters = { ln: 15, r: 8, p: 3 };

/** Bytes. */
const SALT = 16;
const HASH = 32;

/** What a run may take at most: a keys file that somebody else has written must not eat the memory. */
const MOST: Parameters = { ln: 17, r: 8, p: 16 };

const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]{22})\$([\w+/]{43})$/;

/** Hashes a new secret; takes a fraction of a second, on no event loop. */
export async function verifierOf(secret: string): Promise<string> {
  const salt = randomBytes(SALT);
  const { ln, r, p } = PARAMETERS;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${plain(salt)}$${plain(await derive(secret, salt, PARAMETERS))}`;
}

/**
 * Whether a secret is the one behind a verifier. It takes as long for an id that does not exist as for one that does.
 *
 * @param verifier null for an id that does not exist
 */
export async function matches(secret: string, verifier: string | null): Promise<boolean> {
  const { parameters, salt, hash } = read(verifier) ?? NOBODY;
  const derived = await derive(secret, salt, parameters);
  return timingSafeEqual(derived, hash) && verifier !== null;
}

const NOBODY = { parameters: PARAMETERS, salt: Buffer.alloc(SALT), hash: Buffer.alloc(HASH) };

function read(verifier: string | null): typeof NOBODY | null {
  const found = FORMAT.exec(verifier ?? '');
  if (found === null) return null;
  const [ln, r, p] = found.slice(1, 4).map(Number) as [number, number, number];
  if (ln < 1 || ln > MOST.ln || r < 1 || r > MOST.r || p < 1 || p > MOST.p) return null;
  return { parameters: { ln, r, p }, salt: Buffer.from(found[4] ?? '', 'base64'), hash: Buffer.from(found[5] ?? '', 'base64') };
}

function derive(secret: string, salt: Buffer, { ln, r, p }: Parameters): Promise<Buffer> {
  const N = 2 ** ln;
  // Node refuses what needs more than 32 MB unless told; what OpenSSL counts is 128 * r * (N + p + 2).
  const options = { N, r, p, maxmem: 128 * r * (N + p + 2) };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, HASH, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
