/** How fast something goes and how long it will still take, from the last half minute: what was fast an hour ago says nothing. */

/** Milliseconds that count. */
const LOOK_BACK = 30_000;
/** Milliseconds before anything is said. */
const SETTLED = 1000;

interface Mark {
  readonly at: number;
  readonly items: number;
  readonly done: number;
}

export class RateMeter {
  #marks: Mark[] = [];

  /**
   * @param at milliseconds of a monotonic clock
   * @param items what is counted a second
   * @param done part of the whole that is done, in any unit
   */
  mark(at: number, items: number, done: number): void {
    const last = this.#marks.at(-1);
    if (last !== undefined && at - last.at < LOOK_BACK / 60) return;
    this.#marks.push({ at, items, done });
    this.#marks = this.#marks.filter((mark) => at - mark.at <= LOOK_BACK);
  }

  /** Items a second; null until it has settled. */
  perSecond(): number | null {
    const span = this.#span();
    return span === null ? null : ((span.last.items - span.first.items) * 1000) / (span.last.at - span.first.at);
  }

  /** Seconds until `total` is done at the present rate; null where nobody can say. */
  left(total: number): number | null {
    const span = this.#span();
    if (span === null || total <= 0 || span.last.done <= span.first.done) return null;
    return Math.max(0, ((total - span.last.done) * (span.last.at - span.first.at)) / (span.last.done - span.first.done) / 1000);
  }

  #span(): { readonly first: Mark; readonly last: Mark } | null {
    const [first] = this.#marks;
    const last = this.#marks.at(-1);
    return first === undefined || last === undefined || last.at - first.at < SETTLED ? null : { first, last };
  }
}

/** Seconds as people say them: `40 s`, `12 min`, `3 h`, `3 h 20 min`. */
export function duration(seconds: number): string {
  if (seconds <= 59) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = `${Math.floor(minutes / 60)} h`;
  return minutes % 60 === 0 ? hours : `${hours} ${minutes % 60} min`;
}

/** Bytes as people say them: `31 MB`. */
export function byteSize(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value.toLocaleString('en', { maximumFractionDigits: value < 10 && unit > 1 ? 1 : 0 })} ${units[unit]}`;
}
