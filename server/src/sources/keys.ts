/** Keys of vendors: what is said where one is missing. */
import { type BacklinkLensError, sourceError } from '../util/errors.ts';

export interface VendorKey {
  /** Login or access id; '' where the vendor has only a key. */
  readonly id: string;
  readonly secret: string;
}

/**
 * The key, where there is one. Throws `source.auth` that says where to set it.
 *
 * @param source id of the source, for the names of the variables
 * @param host that would be asked
 * @param login whether the vendor wants an id, too
 */
export function requireKey(key: VendorKey | null, source: string, host: string, login = false): VendorKey {
  if (key !== null && key.secret !== '' && (!login || key.id !== '')) return key;
  throw noKey(source, host, login);
}

function noKey(source: string, host: string, login: boolean): BacklinkLensError {
  const prefix = `BACKLINK_LENS_${source.toUpperCase()}`;
  const variables = login ? `${prefix}_ID and ${prefix}_KEY` : `${prefix}_KEY`;
  return sourceError('auth', `${host} needs a key and none is set. Set it with "Backlinks: Set API Key", or in ${variables}.`);
}

/** RFC 7617, user name and password as they are. */
export function basicAuth({ id, secret }: VendorKey): string {
  return `Basic ${Buffer.from(`${id}:${secret}`, 'utf8').toString('base64')}`;
}

/** Words of the other side without the key, which some repeat where they refuse it. */
export function withoutKey(words: string, { id, secret }: VendorKey): string {
  const forms = [secret, encodeURIComponent(secret), base64(secret), base64(`${id}:${secret}`), id];
  return forms.reduce((text, form) => (form === '' ? text : text.replaceAll(form, '…')), words);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64').replace(/=+$/, '');
}
