/** Pages of an archive that repeat the content of others in it, until those are found. */
import type { FoundPage } from '../found.ts';
import type { PageCopy } from '../revisit.ts';
import { type Visit, webUrlOf } from '../visit.ts';
import type { WarcRecord } from './records.ts';

/** Further ones are passed over: no crawler writes so many, and each takes memory. */
const MOST_COPIES = 200_000;

export class Copies {
  /** By the URL whose content they have. */
  readonly #waiting = new Map<string, PageCopy[]>();
  #open = 0;
  #passedOver = 0;

  /** Copies whose original has not been found. */
  get open(): number {
    return this.#open;
  }

  add(copy: PageCopy): void {
    if (this.#open === MOST_COPIES) {
      this.#passedOver++;
      return;
    }
    this.#open++;
    const { url } = copy.of;
    const others = this.#waiting.get(url);
    if (others === undefined) this.#waiting.set(url, [copy]);
    else others.push(copy);
  }

  /** True for a record whose content may be wanted, by its header alone. */
  mayHold({ type, fields }: WarcRecord): boolean {
    return type !== 'revisit' && this.#waiting.has(webUrlOf(fields.get('warc-target-uri')) ?? '');
  }

  /** The visits that found what this page holds; each is given once. */
  takeFor(page: FoundPage): Visit[] {
    const { url } = page.visit;
    const visits: Visit[] = [];
    const others: PageCopy[] = [];
    for (const copy of this.#waiting.get(url) ?? []) {
      if (isOriginal(page, copy)) visits.push(copy.visit);
      else others.push(copy);
    }
    this.#open -= visits.length;
    if (others.length === 0) this.#waiting.delete(url);
    else this.#waiting.set(url, others);
    return visits;
  }

  /** What a person should know: the content of the copies that are left is in another archive. */
  note(): string | null {
    const left = this.#open + this.#passedOver;
    if (left === 0) return null;
    const pages = left === 1 ? '1 page repeats' : `${left.toLocaleString('en')} pages repeat`;
    return `${pages} the content of pages that are not in this archive, and ${left === 1 ? 'was' : 'were'} passed over.`;
  }
}

/** The same digest, else the same date; a page captured once needs neither. */
function isOriginal({ visit, payloadDigest }: FoundPage, { of }: PageCopy): boolean {
  if (payloadDigest !== undefined && payloadDigest === of.payloadDigest) return true;
  if (of.capturedAt !== null && visit.capturedAt !== null) return of.capturedAt === visit.capturedAt;
  return payloadDigest === undefined || of.payloadDigest === undefined;
}
