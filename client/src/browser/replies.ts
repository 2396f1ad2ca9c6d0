/** What the service answers, checked and in our words: totals, lists, the spread of strengths, changes by day, and what the index holds. */
import type { Strength, Summary, Target, TargetKind } from '../../../shared/backlinks.ts';
import type { AnchorCount, DayOfChanges, FollowedShare, LinkedPage, ReferringDomain } from '../../../shared/queries.ts';
import { ServiceFailure } from './failure.ts';
import { fields, list, number, numberOrNull, orNull, text, textOrNull } from './readers.ts';

/** A target's totals; what the page does not show is not read. */
export type Totals = Pick<
  Summary,
  | 'backlinks'
  | 'internalBacklinks'
  | 'referringPages'
  | 'referringHosts'
  | 'referringDomains'
  | 'followed'
  | 'forms'
  | 'strength'
  | 'topAnchors'
  | 'redirectsTo'
  | 'asOf'
> & {
  readonly kind: TargetKind;
  readonly viaRedirect: readonly { readonly url: string; readonly backlinks: number }[];
  readonly newBacklinks: number | null;
  readonly lostBacklinks: number | null;
  readonly changesSince: string | null;
};

export interface IndexFacts {
  readonly pages: number;
  readonly links: number;
  readonly firstCapture: string | null;
  readonly lastCapture: string | null;
  readonly recaptured: boolean;
  readonly topPages: readonly { readonly url: string; readonly strength: number }[];
}

/** A slice of a list, whatever its entries are. */
export interface Slice<T> {
  readonly entries: readonly T[];
  /** Entries available; null where nobody says. */
  readonly total: number | null;
}

const KINDS: readonly TargetKind[] = ['domain', 'host', 'page', 'folder'];

/** The one entry of a batch of one. @throws ServiceFailure `question` with the service's words where it was no target */
export function readTotals(reply: unknown): Totals {
  const entry = fields(list(fields(reply)['response'], (one) => one)[0]);
  if (typeof entry['error_message'] === 'string') throw new ServiceFailure('question', entry['error_message']);
  const linked = (value: unknown) => list(value, (one) => ({ url: text(fields(one)['url']), backlinks: number(fields(one)['backlinks']) }));
  return {
    kind: kindOf(entry),
    backlinks: numberOrNull(entry['backlinks']),
    internalBacklinks: numberOrNull(entry['internalBacklinks']),
    referringPages: numberOrNull(entry['referringPages']),
    referringHosts: numberOrNull(entry['referringHosts']),
    referringDomains: numberOrNull(entry['referringDomains']),
    followed: orNull(entry['followed'], readShare),
    forms: orNull(entry['forms'], linked),
    strength: orNull(entry['strength'], readStrength),
    topAnchors: orNull(entry['topAnchors'], (value) =>
      list(value, (one) => ({ text: text(fields(one)['text']), count: number(fields(one)['count']) })),
    ),
    redirectsTo: orNull(entry['redirectsTo'], readRedirect),
    asOf: textOrNull(entry['asOf']),
    viaRedirect: orNull(entry['viaRedirect'], linked) ?? [],
    newBacklinks: numberOrNull(entry['newBacklinks']),
    lostBacklinks: numberOrNull(entry['lostBacklinks']),
    changesSince: textOrNull(entry['changesSince']),
  };
}

function kindOf(entry: Readonly<Record<string, unknown>>): TargetKind {
  const told = entry['kind'] ?? (typeof entry['target'] === 'object' ? (entry['target'] as Target | null)?.kind : undefined);
  return KINDS.find((kind) => kind === told) ?? 'page';
}

function readRedirect(value: unknown): NonNullable<Summary['redirectsTo']> {
  const { url, status, on } = fields(value);
  return { url: text(url), status: number(status), on: textOrNull(on) };
}

function readShare(value: unknown): FollowedShare {
  const { links, of } = fields(value);
  return { links: number(links), of: number(of) };
}

/** A strength with its basis, whichever that is. */
export function readStrength(value: unknown): Strength {
  const { basis, value: strength, population, position, name, scale, of } = fields(value);
  switch (basis) {
    case 'index':
      return { basis, value: number(strength), population: number(population) };
    case 'rank':
      return {
        basis,
        value: number(strength),
        position: number(position),
        population: number(population),
        ...(typeof of === 'string' ? { of } : {}),
      };
    case 'vendor':
      return { basis, value: number(strength), name: text(name), scale: number(scale) };
    case 'estimated':
      return { basis, value: number(strength) };
    default:
      throw new ServiceFailure('broken');
  }
}

/** The envelope of every list. */
export function readSlice<T>(reply: unknown, read: (entry: unknown) => T): Slice<T> {
  const { count, response } = fields(reply);
  return { entries: list(response, read), total: numberOrNull(count) };
}

export function readDomain(value: unknown): ReferringDomain {
  const { domain, strength, backlinks, followed, firstSeen } = fields(value);
  return {
    domain: text(domain),
    strength: readStrength(strength),
    backlinks: number(backlinks),
    followed: readShare(followed),
    firstSeen: textOrNull(firstSeen),
  };
}

export function readAnchor(value: unknown): AnchorCount {
  const { text: anchor, backlinks, referringDomains, followed } = fields(value);
  return {
    text: anchor === null ? null : text(anchor),
    backlinks: number(backlinks),
    referringDomains: number(referringDomains),
    followed: readShare(followed),
  };
}

export function readLinkedPage(value: unknown): LinkedPage {
  const { url, strength, backlinks, referringDomains, followed, status } = fields(value);
  return {
    url: text(url),
    strength: readStrength(strength),
    backlinks: number(backlinks),
    referringDomains: number(referringDomains),
    followed: readShare(followed),
    status: numberOrNull(status),
  };
}

export function readDay(value: unknown): DayOfChanges {
  const { day, new: gained, lost } = fields(value);
  return { day: text(day), new: number(gained), lost: number(lost) };
}

/** Eleven counts: strength below 1, below 2 … below 10, and 10 itself. */
export function readSpread(reply: unknown): readonly number[] {
  return list(fields(reply)['response'], numberOrNull).filter((count) => count !== null);
}

export function readIndex(reply: unknown): IndexFacts {
  const { pages, links, firstCapture, lastCapture, recaptured, topPages } = fields(fields(reply)['response']);
  return {
    pages: number(pages),
    links: number(links),
    firstCapture: textOrNull(firstCapture),
    lastCapture: textOrNull(lastCapture),
    recaptured: recaptured === true,
    topPages: list(topPages, (one) => ({ url: text(fields(one)['url']), strength: number(fields(one)['strength']) })),
  };
}
