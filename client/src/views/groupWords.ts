/** How a group of links is described: `example.com   7.4 from 41 domains · 12 links`, `Strength 6 to 7   14 links`. Pure. */
import { lastKnown } from '../../../shared/backlinks.ts';
import type { Translate } from '../figureWords.ts';
import type { Words } from '../words.ts';
import type { Common } from './arrangement.ts';
import type { LinkNode } from './nodes.ts';

export interface GroupWords {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Codicon id. */
  readonly icon: string;
  readonly spoken: string;
}

/** @param links of the group, as the filter lets them through */
export function groupWords(common: Common, links: readonly LinkNode[], words: Words): GroupWords {
  const { t } = words;
  const label = labelOf(common, words);
  const parts = [common.kind === 'domain' ? domainWords(links, words) : null, linksWords(links, words)].filter((part) => part !== null);
  const documents = new Set(links.map(({ document }) => document)).size;
  const where = documents > 1 ? t('in {0} documents', words.count(documents)) : null;
  return {
    label,
    description: parts.join(' · '),
    tooltip: [label, ...parts, where].filter((part) => part !== null).join('\n'),
    icon: iconOf(common),
    spoken: [label, ...parts].join(', '),
  };
}

function linksWords(links: readonly LinkNode[], { t, count }: Words): string {
  const sum = links.reduce((all, { link }) => all + link.count, 0);
  return sum === 1 ? t('1 link') : t('{0} links', count(sum));
}

/** What is known of the domain itself, with every link the same. */
function domainWords(links: readonly LinkNode[], words: Words): string | null {
  const known = links.map(({ link }) => lastKnown(link.domain)?.value).find((value) => value !== undefined);
  if (known === undefined) return null;
  const strength = known.strength === null ? null : words.strength(known.strength);
  const from =
    known.referringDomains === null || known.referringDomains === 0
      ? null
      : known.referringDomains === 1
        ? words.t('from 1 domain')
        : words.t('from {0} domains', words.count(known.referringDomains));
  const parts = [strength, from].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function labelOf(common: Common, { t, number }: { readonly t: Translate; readonly number: (value: number) => string }): string {
  switch (common.kind) {
    case 'domain':
      return common.name;
    case 'strength':
      return common.name === null
        ? t('Strength {0} to {1}', number(common.from), number(common.to))
        : t('{0} {1} to {2}', common.name, number(common.from), number(common.to));
    case 'no-strength':
      return t('Strength not known');
    case 'folder':
      return t('Files of this folder');
  }
}

function iconOf({ kind }: Common): string {
  switch (kind) {
    case 'domain':
      return 'globe';
    case 'strength':
      return 'dashboard';
    case 'no-strength':
      return 'question';
    case 'folder':
      return 'folder';
  }
}
