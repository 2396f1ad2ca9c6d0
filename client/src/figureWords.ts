/** How the client says numbers, strengths, shares and days: one voice for editor and browser. Pure; sentences come through the given translator. */
import type { Strength } from '../../shared/backlinks.ts';

/** The editor's translator (`vscode.l10n.t`), or the identity in tests: fills `{0}`, `{1}` … with the arguments. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

export interface FigureWords {
  readonly t: Translate;
  /** A whole number as the reader's language writes it. */
  readonly count: (value: number) => string;
  /** `6.2`, or a vendor's own `UR 31`. */
  readonly strength: (strength: Strength) => string;
  /** What the number stands for, for tooltips. */
  readonly basis: (strength: Strength) => string;
  /** A share in whole percent; null when there is nothing to divide. */
  readonly share: (part: { readonly links: number; readonly of: number }) => string | null;
  /** An ISO day for people; the text itself when it is no date. */
  readonly day: (iso: string) => string;
}

/**
 * @param t translator of the fixed words
 * @param locale BCP 47 tag for numbers and dates
 */
export function createFigureWords(t: Translate, locale: string): FigureWords {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const tenth = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const count = (value: number) => whole.format(value);
  return {
    t,
    count,
    strength: (strength) => (strength.basis === 'vendor' ? `${strength.name} ${count(strength.value)}` : tenth.format(strength.value)),
    basis: (strength) => basisSentence(strength, t, count),
    share: (part) => (part.of === 0 ? null : percent.format(part.links / part.of)),
    day: (iso) => {
      const time = Date.parse(iso);
      return Number.isNaN(time) ? iso : date.format(time);
    },
  };
}

function basisSentence(strength: Strength, t: Translate, count: (value: number) => string): string {
  switch (strength.basis) {
    case 'index':
      return t('Strength 0 to 10 in this index of {0} known pages', count(strength.population));
    case 'rank':
      return t('Rank {0} of {1} domains', count(strength.position), count(strength.population));
    case 'vendor':
      return t('{0} on a scale of {1}, as its vendor gives it', strength.name, count(strength.scale));
    case 'estimated':
      return t('Strength 0 to 10, estimated from counts');
  }
}
