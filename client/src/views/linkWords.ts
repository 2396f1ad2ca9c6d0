/** How a link is described in the tree: `6.2   132 from 41 domains`, `none seen`, `looking up`. Pure. */
import { type InternalFilter, lastKnown } from '../../../shared/backlinks.ts';
import type { LinkFacts } from '../../../shared/protocol.ts';
import { fitUrl, GAP, knownWords, saysNothing } from '../knownWords.ts';
import type { Words } from '../words.ts';
import type { LinkNode } from './nodes.ts';

/** Letters of a label, so that the numbers beside it stay in sight in a narrow sidebar; the whole URL stands in the tooltip. */
const LABEL = 32;

/** Line numbers named in a tooltip. */
const LINES = 12;

export interface LinkWords {
  readonly label: string;
  readonly description: string;
  /** Lines of plain text. */
  readonly tooltip: string;
  /** Codicon id. */
  readonly icon: string;
  readonly expandable: boolean;
  /** For a screen reader: the same with a word for the number. */
  readonly spoken: string;
}

export interface LinkSetting {
  /** Epoch milliseconds, for ages. */
  readonly now: number;
  /** A file of the folder as people write it. */
  readonly pathOf: (uri: string) => string;
  /** Whether rows of the target's own domain are among those that are shown. */
  readonly internal: InternalFilter;
}

export function linkWords(node: LinkNode, words: Words, { now, pathOf, internal }: LinkSetting): LinkWords {
  const { link } = node;
  const local = link.local;
  const web = link.targets === null || (local !== null && hasNoSource(link)) ? null : webWords(link, words, now);
  const several = node.documents > 1 ? words.t('in {0} documents', words.count(node.documents)) : null;
  const parts = [web, local === null ? null : localWords(local, words), several, findingWords(link.findings, words)];
  const label = local === null ? labelOf(node, link.targets?.page.name ?? link.url) : pathOf(local.uri);
  const description = parts.filter((part) => part !== null && part !== '').join(' · ');
  return {
    label,
    description,
    spoken: `${label.startsWith('/') ? `${node.group?.slice('domain '.length)}${label}` : label}, ${description.includes(GAP) ? words.t('strength {0}', description.replace(GAP, ', ')) : description}`,
    tooltip: tooltip(node, words, now),
    icon: icon(link),
    expandable: hasWebRows(link, internal) || (local?.backlinks ?? 0) > 0,
  };
}

/** Below its domain, what tells it from the other links there. */
function labelOf({ group }: LinkNode, url: string): string {
  const short = fitUrl(url, LABEL);
  const host = group?.startsWith('domain ') ? group.slice('domain '.length) : null;
  if (host === null || !(short === host || short.startsWith(`${host}/`) || short.startsWith(`${host}?`))) return short;
  return short === host ? '/' : short.slice(host.length);
}

/** Of a file of the folder it goes without saying that nobody was asked about the web. */
function hasNoSource({ page }: LinkFacts): boolean {
  return page.state === 'skipped' && page.reason === 'no-source';
}

/** What is known of the page; of a source that knows only domains, the strength of its domain. */
function webWords(link: LinkFacts, words: Words, now: number): string {
  const domain = lastKnown(link.domain)?.value.strength ?? null;
  return domain !== null && saysNothing(link.page) ? words.t('domain {0}', words.strength(domain)) : knownWords(link.page, words, now);
}

/** True when asking for rows can bring any. */
export function hasWebRows(link: LinkFacts, internal: InternalFilter): boolean {
  if (link.targets === null) return false;
  const last = lastKnown(link.page);
  if (last === null || knowsRanksOnly(link)) return false;
  return last.value.backlinks !== 0 || (internal !== 'exclude' && last.value.internalBacklinks !== 0);
}

/** Ranks of domains come without any rows. */
function knowsRanksOnly({ page, domain }: LinkFacts): boolean {
  const site = lastKnown(domain)?.value;
  return lastKnown(page)?.value.backlinks === null && (site?.strength?.basis === 'rank' || site?.notAmongFirst != null);
}

function localWords(local: NonNullable<LinkFacts['local']>, { t, count }: Words): string {
  if (!local.exists) return t('no such file');
  return local.backlinks === 1 ? t('1 in this folder') : t('{0} in this folder', count(local.backlinks));
}

function findingWords(findings: number, { t, count }: Words): string | null {
  if (findings === 0) return null;
  return findings === 1 ? t('1 finding') : t('{0} findings', count(findings));
}

function icon(link: LinkFacts): string {
  if (link.local !== null) return link.local.exists ? 'file' : 'warning';
  switch (link.page.state) {
    case 'fresh':
    case 'stale':
      return 'link';
    case 'pending':
      return 'loading~spin';
    case 'failed':
      return saysNothing(link.page) && lastKnown(link.domain) !== null ? 'link' : 'warning';
    case 'skipped':
      return 'circle-slash';
    case 'unknown':
      return 'question';
  }
}

function tooltip(node: LinkNode, words: Words, now: number): string {
  const { t, count } = words;
  const { link } = node;
  const lines = [link.targets?.page.name ?? link.url];
  if (link.targets !== null) {
    lines.push(t('This page: {0}', knownWords(link.page, words, now)));
    lines.push(`${link.targets.domain.name}: ${knownWords(link.domain, words, now)}`);
    if (link.page.state === 'failed') lines.push(link.page.message);
    const strength = lastKnown(link.page)?.value.strength ?? lastKnown(link.domain)?.value.strength;
    if (strength) lines.push(words.basis(strength));
  }
  if (link.local !== null) lines.push(localWords(link.local, words));
  const lineNumbers = link.places.slice(0, LINES).map((place) => place.start.line + 1);
  const shown = lineNumbers.join(', ') + (link.count > lineNumbers.length ? ' …' : '');
  lines.push(link.count === 1 ? t('Line {0}', shown) : t('{0} places, lines {1}', count(link.count), shown));
  return lines.join('\n');
}
