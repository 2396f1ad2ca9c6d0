/** What a record of an archive holds: a capture as it is, a page whose content is still to be read, or a copy of another page. */
import type { Capture, CrawledPage } from '../store.ts';
import type { PageCopy } from './revisit.ts';
import type { Visit } from './visit.ts';

/** A page whose content has not been read yet. */
export interface FoundPage {
  readonly visit: Visit;
  readonly payloadDigest: string | undefined;
  /** Reads the page as it stands at the address of a visit: its own, or that of a copy. */
  read(visit: Visit): CrawledPage;
}

/** One of the three; null for what says nothing of a page. */
export type Found =
  | { readonly kind: 'capture'; readonly capture: Capture }
  | { readonly kind: 'copy'; readonly copy: PageCopy }
  | { readonly kind: 'page'; readonly page: FoundPage }
  | null;

export function foundCapture(capture: Capture | null): Found {
  return capture === null ? null : { kind: 'capture', capture };
}
