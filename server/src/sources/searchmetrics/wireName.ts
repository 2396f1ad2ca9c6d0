/** What goes over the wire for a target, and what never does: the last gate before the network, whoever asks. */
import type { Target } from '../../../../shared/backlinks.ts';
import { forSending } from '../../urls/privacy.ts';
import { sourceError } from '../../util/errors.ts';

export interface WireNameOptions {
  /** Where it goes, for messages. */
  readonly host: string;
  /** True when that is another machine. */
  readonly remote: boolean;
  /** Whether the endpoint is known to understand folders, which are our extension. */
  readonly folders: boolean;
}

/**
 * A target as the contract writes it: a domain or host by its name, a page by host, path and query without a scheme.
 *
 * @throws BacklinkLensError source.refused-target for what the endpoint does not know and for what must not leave this machine
 */
export function wireName(target: Target, { host, remote, folders }: WireNameOptions): string {
  if (target.kind === 'folder' && !folders) {
    throw sourceError('refused-target', `${host} knows domains, hosts and pages, but no folders: ask for the pages of ${target.name}.`);
  }
  const sent = remote ? forSending(target) : target.name;
  if (sent === null) throw sourceError('refused-target', `A private or reserved address is not sent to ${host}.`);
  return target.kind === 'page' ? pageName(target, sent) : sent;
}

/**
 * Host as written, path and query of the page key: without scheme and the parameters that only say where a visitor came from.
 * A page that differs from others by its fragment alone cannot be asked for: fragments are not sent, and the answer would be another page's.
 */
function pageName(target: Target, sent: string): string {
  const key = target.id.slice('page:'.length);
  if (key.includes('#')) throw sourceError('refused-target', `${target.name} is told apart by its fragment, and fragments are not sent.`);
  return new URL(sent).host + key.slice(key.indexOf('/'));
}
