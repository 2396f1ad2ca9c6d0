/**
 * Certificates for tests, made on the spot: a private authority and what it vouches for. X.509 version 3 (RFC 5280) in DER (X.690), signed with
 * ECDSA and SHA-256.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Certificate {
  /** A certificate for hosts (names or addresses), signed by this authority. */
  issue(hosts: readonly string[], validity?: { readonly from: Date; readonly until: Date }): Certificate;
}

const DAY = 86_400_000;
const OID = {
  commonName: [0x55, 0x04, 0x03],
  ecdsaWithSha256: [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
  subjectAltName: [0x55, 0x1d, 0x11],
  basicConstraints: [0x55, 0x1d, 0x13],
} as const;

/** A tag, a length and a content. */
function der(tag: number, ...parts: readonly (Uint8Array | readonly number[])[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly (Uint8Array | readonly number[])[]) => der(0x30, ...parts);
const oid = (bytes: readonly number[]) => der(0x06, bytes);
const ALGORITHM = sequence(oid(OID.ecdsaWithSha256));

function name(common: string): Buffer {
  return sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, Buffer.from(common)))));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}

function alternativeName(host: string): Buffer {
  const family = isIP(host);
  if (family === 0) return der(0x82, Buffer.from(host));
  return der(0x87, family === 4 ? host.split('.').map(Number) : [...Array<number>(15).fill(0), 1]);
}

interface Request {
  readonly subject: string;
  readonly issuer: string;
  readonly from: Date;
  readonly until: Date;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
  readonly signer: KeyObject;
}

function signed({ subject, issuer, from, until, publicKey, extension, signer }: Request): string {
  const serial = randomBytes(12);
  serial[0] = 1;
  const body = sequence(
    der(0xa0, der(0x02, [2])),
    der(0x02, serial),
    ALGORITHM,
    name(issuer),
    sequence(time(from), time(until)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const whole = sequence(body, ALGORITHM, der(0x03, [0], sign('sha256', body, signer)));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
}

function newKey(): { readonly publicKey: KeyObject; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { publicKey, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** An authority that nobody knows. */
export function makeAuthority(subject = 'An authority of these tests'): Authority {
  const { publicKey, key } = newKey();
  const signer = createPrivateKey(key);
  const [from, until] = [new Date(Date.now() - DAY), new Date(Date.now() + 30 * DAY)];
  const isAuthority = sequence(oid(OID.basicConstraints), der(0x01, [0xff]), der(0x04, sequence(der(0x01, [0xff]))));
  return {
    cert: signed({ subject, issuer: subject, from, until, publicKey, extension: isAuthority, signer }),
    key,
    issue(hosts, validity = { from, until }) {
      const own = newKey();
      const names = sequence(oid(OID.subjectAltName), der(0x04, sequence(...hosts.map(alternativeName))));
      return {
        cert: signed({ subject: hosts[0] ?? '', issuer: subject, ...validity, publicKey: own.publicKey, extension: names, signer }),
        key: own.key,
      };
    },
  };
}
