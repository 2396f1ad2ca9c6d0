/** The base address of a contract endpoint as a person types it. */
import { type Base, type NoBase, readBase } from '../base.ts';

/** `base` ends without the version. On this machine the endpoint may be open (no key). */
export interface Endpoint extends Base {
  /** First part of each call's path. Both take the same calls and the same kind of token. */
  readonly version: 'v3' | 'v4';
}

/**
 * Reads `https://api.example.com`, with or without a trailing slash, `/v3` or `/v4`; without a version it is v3.
 *
 * @returns the endpoint, or the sentence that tells what is wrong with the setting
 */
export function readEndpoint(text: string): Endpoint | NoBase {
  const setting = 'backlinkLens.searchmetrics.endpoint';
  if (text.trim() === '') {
    return { ok: false, message: `No endpoint is set yet: set ${setting} to the base address of a service that speaks the contract.` };
  }
  const read = readBase(text, setting);
  return read.ok ? { ...read, base: read.base.replace(/\/v[34]$/, ''), version: read.base.endsWith('/v4') ? 'v4' : 'v3' } : read;
}
