/** Which certificates are trusted besides those that Node trusts by itself: the operating system's, and those in a file of the user's. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { Worker } from 'node:worker_threads';
import type { HttpSettings } from '../../../shared/protocol.ts';
import { sourceError } from '../util/errors.ts';

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
const SETTING = 'backlinkLens.caFile';
/** A program of its own, for a thread that has no file. */
const READ_SYSTEM_CERTIFICATES = `require('node:worker_threads').parentPort.postMessage(require('node:tls').getCACertificates('system'))`;

/**
 * What connections check certificates with. It is made once and shared: reading some 150 certificates for each connection takes longer than
 * the handshake.
 *
 * @returns null where nothing but Node's own is asked for, NODE_EXTRA_CA_CERTS included
 * @throws BacklinkLensError source.unavailable for a file that cannot be read or holds no certificates
 */
export async function trustedBesides(http: HttpSettings | undefined): Promise<SecureContext | null> {
  const file = http?.caFile ?? '';
  const system = http?.systemCertificates === true ? await systemCertificates() : [];
  const own = file === '' ? [] : await certificatesIn(file);
  if (system.length === 0 && own.length === 0) return null;
  return createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...system, ...own])] });
}

/** Reading them takes a tenth of a second and more, so a thread does it: the server answers meanwhile. None where they cannot be read. */
async function systemCertificates(): Promise<readonly string[]> {
  const reader = new Worker(READ_SYSTEM_CERTIFICATES, { eval: true, execArgv: [] });
  try {
    const [found] = (await Promise.race([once(reader, 'message'), once(reader, 'exit')])) as [unknown];
    return Array.isArray(found) ? found : [];
  } catch {
    // Not every program that Node is built into has them.
    return [];
  }
}

async function certificatesIn(file: string): Promise<readonly string[]> {
  const text = await readFile(file, 'latin1').catch((cause: unknown) => {
    throw unusable(`${file} cannot be read`, cause);
  });
  const found = text.match(CERTIFICATE);
  if (found === null) throw unusable(`${file} holds no certificate in PEM form, "-----BEGIN CERTIFICATE-----"`);
  for (const [at, certificate] of found.entries()) {
    try {
      new X509Certificate(certificate);
    } catch (cause) {
      // Whoever makes a context of it would pass over it without a word.
      throw unusable(`Certificate ${at + 1} in ${file} is damaged`, cause);
    }
  }
  return found;
}

function unusable(what: string, cause?: unknown): Error {
  return sourceError('unavailable', `${what}. Name another file in ${SETTING}, or none.`, { cause });
}
