/** Dates of exports, in the ways that vendors and spreadsheets of several countries write them. All are taken as UTC. */
import { cellText } from './cells.ts';

/** Which of two numbers before a year is the day, where the date itself does not tell. */
export type DateOrder = 'day-first' | 'month-first';

/** Three letters tell a month in English, German, French and Spanish; four where three are two months. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    'jan ene',
    'feb fev',
    'mar mrz mae',
    'apr avr abr',
    'may mai',
    'jun juin',
    'jul juil',
    'aug aou ago',
    'sep set',
    'oct okt',
    'nov',
    'dec dez dic',
  ].flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)),
);

const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/**
 * Reads a date.
 *
 * @param order for dates such as 03/04/2025
 * @returns epoch milliseconds, or null for what is no date between 1990 and 2100
 */
export function cellDate(cell: string | undefined, order: DateOrder): number | null {
  const text = cellText(cell);
  if (text === '') return null;
  const time = fromIso(text) ?? fromSeconds(text) ?? fromNumbers(text, order) ?? fromNames(text);
  return time !== null && time >= EARLIEST && time < LATEST ? time : null;
}

/** Dates that a reader of one column remembers: the rows of an export share theirs. */
const REMEMBERED = 10_000;

/** Reads the dates of one export, each written form once. */
export function dateReader(order: DateOrder): (cell: string | undefined) => number | null {
  let known = new Map<string, number | null>();
  return (cell) => {
    if (cell === undefined || cell === '') return null;
    let time = known.get(cell);
    if (time === undefined) {
      time = cellDate(cell, order);
      if (known.size >= REMEMBERED) known = new Map();
      known.set(cell, time);
    }
    return time;
  };
}

/** `2025-03-04`, `2025/03/04 05:06:07`, `2025-03-04T05:06:07Z`; a zone other than UTC is read as it is written. */
function fromIso(text: string): number | null {
  const found = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zone = 'Z'] = found;
  const date = dateOf(Number(year), Number(month), Number(day));
  if (date === null || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60) return null;
  return date + ((Number(hour) * 60 + Number(minute) - zoneMinutes(zone)) * 60 + Number(second)) * 1000;
}

function zoneMinutes(zone: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  return found === null ? 0 : (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

/** Seconds or milliseconds since the epoch. */
function fromSeconds(text: string): number | null {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000;
  return /^\d{12,13}$/.test(text) ? Number(text) : null;
}

/** `04.03.2025`, `3/4/2025 10:20`: points always stand between day and month first. */
function fromNumbers(text: string, order: DateOrder): number | null {
  const found = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[, ]+[\d: apmAPM.]+)?$/.exec(text);
  if (found === null) return null;
  const [first, second] = [Number(found[1]), Number(found[3])];
  const year = Number(found[4]) + (found[4]?.length === 2 ? 2000 : 0);
  const dayFirst = found[2] === '.' || first > 12 || (order === 'day-first' && second <= 12);
  return dayFirst ? dateOf(year, second, first) : dateOf(year, first, second);
}

/** `Mar 4, 2025`, `4 March 2025`, `4. März 2025`, `4 de marzo de 2025`. */
function fromNames(text: string): number | null {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const found = /^(?:(\d{1,2})\.?[ -](?:de )?)?([a-z]{3,10})\.?[ -](?:de )?(?:(\d{1,2}),? )?(\d{4})(?:[, ]+[\d: apm.]+)?$/.exec(plain);
  const month = MONTHS.get(found?.[2]?.slice(0, 4) ?? '') ?? MONTHS.get(found?.[2]?.slice(0, 3) ?? '');
  const day = found?.[1] ?? found?.[3];
  return found === null || month === undefined || day === undefined ? null : dateOf(Number(found[4]), month, Number(day));
}

function dateOf(year: number, month: number, day: number): number | null {
  const time = Date.UTC(year, month - 1, day);
  return new Date(time).getUTCMonth() === month - 1 && day > 0 ? time : null;
}

/** The order that a column's dates prove, or null where they fit both. */
export function orderOf(cells: Iterable<string>): DateOrder | null {
  for (const cell of cells) {
    const found = /^(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}/.exec(cellText(cell));
    if (found !== null && Number(found[1]) > 12) return 'day-first';
    if (found !== null && Number(found[2]) > 12) return 'month-first';
  }
  return null;
}

/** The last ISO date in a file's name: exports are called `example.com-Latest links-2025-03-04.csv`. Null where there is none. */
export function dateInName(name: string): number | null {
  const found = [...name.matchAll(/(?<!\d)(20\d{2})[-_.](\d{2})[-_.](\d{2})(?!\d)/g)].at(-1);
  return found === undefined ? null : dateOf(Number(found[1]), Number(found[2]), Number(found[3]));
}
