/** What time has done to links of a build, by their place in the columns. Only links of pages with more than one capture take memory. */
import type { LostReason } from '../../../../../shared/backlinks.ts';
import { LOST_REASONS } from '../schema.ts';
import { RareUints } from './grow.ts';

export interface LostDates {
  /** Epoch seconds. */
  readonly on: number;
  readonly reason: LostReason;
  readonly lastSeen: number | null;
}

export class LinkDates {
  readonly #firstSeen = new RareUints();
  readonly #lostOn = new RareUints();
  readonly #reason = new RareUints();
  readonly #lastSeen = new RareUints();
  readonly #dropped = new RareUints();

  /** True while no link has a date of its own. */
  get empty(): boolean {
    return this.#firstSeen.empty && this.#lostOn.empty;
  }

  /** Epoch seconds; null: as old as its page's first capture. */
  firstSeen(link: number): number | null {
    return this.#firstSeen.get(link) || null;
  }

  /** When the link was lost, in epoch seconds; 0 for one that stands. */
  lostOn(link: number): number {
    return this.#lostOn.get(link);
  }

  /** The last capture that had a lost link, in epoch seconds; 0 for one without a date. */
  lastSeen(link: number): number {
    return this.#lastSeen.get(link);
  }

  lost(link: number): LostDates | null {
    const on = this.#lostOn.get(link);
    if (on === 0) return null;
    return { on, reason: LOST_REASONS[this.#reason.get(link)] ?? 'unknown', lastSeen: this.#lastSeen.get(link) || null };
  }

  /** True for a link that another capture's record stands for, or none. */
  isDropped(link: number): boolean {
    return this.#dropped.get(link) === 1;
  }

  drop(link: number): void {
    this.#dropped.set(link, 1);
  }

  keep(link: number, firstSeen: number | null, lost: LostDates | null): void {
    this.#dropped.set(link, 0);
    this.#firstSeen.set(link, firstSeen ?? 0);
    this.#lostOn.set(link, lost?.on ?? 0);
    this.#reason.set(link, lost === null ? 0 : LOST_REASONS.indexOf(lost.reason));
    this.#lastSeen.set(link, lost?.lastSeen ?? 0);
  }
}
