/** What every part of the page is handed: the words, the report and the way to the extension. */
import type { Report } from '../../../../shared/report.ts';
import type { Words } from '../../words.ts';
import type { FromPage, ToPage } from '../messages.ts';

export interface Page {
  readonly report: Report;
  readonly words: Words;
  readonly post: (message: FromPage) => void;
  /** Rows that arrive later; returns how to stop listening. */
  readonly onRows: (listener: (message: Exclude<ToPage, { type: 'report' }>) => void) => () => void;
}

/** Fills `{0}`, `{1}` … of a sentence, in the language of the given translations. */
export function translator(translations: Readonly<Record<string, string>>): (message: string, ...args: (string | number)[]) => string {
  return (message, ...args) =>
    (Object.hasOwn(translations, message) ? (translations[message] ?? message) : message).replace(/\{(\d+)\}/g, (whole, index: string) => {
      const value = args[Number(index)];
      return value === undefined ? whole : String(value);
    });
}
