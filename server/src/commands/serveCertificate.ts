/** The certificate of `backlink-lens serve`: read, checked, and read again when its files change. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Certificate } from '../api/listener.ts';
import { BacklinkLensError } from '../util/errors.ts';
import type { Log } from '../util/log.ts';

export interface CertificateFiles {
  readonly cert: string;
  readonly key: string;
}

/** Milliseconds between two looks at the files. */
const LOOK_EVERY = 2_000;

/**
 * Reads a certificate and its private key.
 *
 * @throws BacklinkLensError input.unreadable; usage.invalid for what is no certificate or key in PEM, or a key of another certificate
 */
export function readCertificate({ cert, key }: CertificateFiles): Certificate {
  const read = { cert: textOf(cert), key: textOf(key) };
  const certificate = parsed(() => new X509Certificate(read.cert), `${cert} holds no certificate in PEM.`);
  if (!certificate.checkPrivateKey(keyOf(read.key, key))) {
    throw new BacklinkLensError(
      'usage.invalid',
      `${key} is not the private key of the first certificate in ${cert}. Name the two that belong together.`,
    );
  }
  return read;
}

/** Why clients will not take a certificate now; null when nothing is wrong. */
export function certificateTrouble({ cert }: Certificate, now: number): string | null {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  if (now < validFromDate.getTime()) return `The certificate is not valid before ${validFromDate.toISOString()}.`;
  return now > validToDate.getTime() ? `The certificate has not been valid since ${validToDate.toISOString()}.` : null;
}

/**
 * Calls `changed` with each new pair that fits; one that does not is told to the log, and the old stays.
 *
 * @returns ends the watch
 */
export function watchCertificate(files: CertificateFiles, log: Log, changed: (certificate: Certificate) => void): () => void {
  const look = () => {
    try {
      const certificate = readCertificate(files);
      const trouble = certificateTrouble(certificate, Date.now());
      if (trouble !== null) log.warn(trouble);
      changed(certificate);
      log.info(`A new certificate is in use: ${files.cert}`);
    } catch (error) {
      log.warn(`The certificate stays as it was: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const names = [files.cert, files.key];
  for (const name of names) watchFile(name, { interval: LOOK_EVERY, persistent: false }, look);
  return () => {
    for (const name of names) unwatchFile(name, look);
  };
}

function keyOf(text: string, file: string): KeyObject {
  if (/^(?:-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED)/m.test(text)) {
    throw new BacklinkLensError(
      'usage.invalid',
      `${file} is locked by a passphrase, which nobody can type here. Name a key without one: openssl pkey`,
    );
  }
  return parsed(() => createPrivateKey(text), `${file} holds no private key in PEM.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new BacklinkLensError('input.unreadable', `${file} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function parsed<T>(parse: () => T, message: string): T {
  try {
    return parse();
  } catch (cause) {
    throw new BacklinkLensError('usage.invalid', message, { cause });
  }
}
