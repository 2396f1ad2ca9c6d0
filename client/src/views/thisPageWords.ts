/** How the view *This Page* says what it knows. Pure. */
import { lastKnown } from '../../../shared/backlinks.ts';
import type { SiteOfPage, ThisPage } from '../../../shared/thisPage.ts';
import { knownWords, shortUrl } from '../knownWords.ts';
import type { Words } from '../words.ts';
import { changesOf, type Section } from './thisPageNodes.ts';

export interface SectionWords {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Codicon id. */
  readonly icon: string;
}

/** Beside the view's name: `guide.md → https://example.com/guide/`. */
export function pageLine({ path, site }: ThisPage): string {
  return site.address === null ? path : `${path} → ${site.address}`;
}

/** For the status: `this page: 14 in this folder, 132 from 41 domains`. Null while there is nothing to tell. */
export function pageWords(page: ThisPage, words: Words): string | null {
  const { t, count } = words;
  const folder = page.folder.state === 'documents' ? null : t('{0} in this folder', count(page.folder.backlinks));
  const summary = page.web === null ? null : (lastKnown(page.web.facts)?.value ?? null);
  const web = summary === null ? null : words.backlinks(summary);
  const parts = [folder, web === null ? null : t('on the web {0}', web)].filter((part) => part !== null);
  return parts.length === 0 ? null : t('This page: {0}', parts.join(', '));
}

/** @param now epoch milliseconds, for ages */
export function sectionWords(section: Section, page: ThisPage, words: Words, now: number): SectionWords {
  const { t, count } = words;
  switch (section) {
    case 'folder':
      return { label: t('In this folder'), description: folderWords(page, words), tooltip: folderTooltip(page, words), icon: 'folder' };
    case 'web':
      return { label: t('On the web'), ...webWords(page, words, now), icon: 'globe' };
    case 'new':
    case 'lost':
      return changeWords(section, page, words);
    case 'could':
      return {
        label: t('Could link here'),
        description: '',
        tooltip: t('Pages of this folder that name this page without linking to it, those that most pages link to first.'),
        icon: 'lightbulb',
      };
    case 'alone':
      return {
        label: t('Nobody links to'),
        description: page.folder.alone === 1 ? t('1 page') : t('{0} pages', count(page.folder.alone ?? 0)),
        tooltip: t('Pages of this folder that no other page of it links to.'),
        icon: 'debug-disconnect',
      };
  }
}

function folderWords({ folder }: ThisPage, { t, count }: Words): string {
  switch (folder.state) {
    case 'ready':
      return count(folder.backlinks);
    case 'reading':
      return t('{0} so far, reading', count(folder.backlinks));
    case 'documents':
      return t('{0} in open documents', count(folder.backlinks));
  }
}

function folderTooltip({ folder }: ThisPage, { t, count }: Words): string {
  const lines = [
    folder.linkingPages === 1
      ? t('{0} links from 1 page of this folder', count(folder.backlinks))
      : t('{0} links from {1} pages of this folder', count(folder.backlinks), count(folder.linkingPages)),
  ];
  if (folder.state === 'reading') lines.push(t('{0} pages read so far', count(folder.pages)));
  if (folder.state === 'documents') lines.push(t('This folder is not on this machine: only open documents are known.'));
  const clicks = clickWords(folder, { t, count });
  if (clicks !== null) lines.push(clicks);
  return lines.join('\n');
}

function clickWords({ clicks, start, state }: ThisPage['folder'], { t, count }: Pick<Words, 't' | 'count'>): string | null {
  if (state !== 'ready' || start === null) return null;
  if (clicks === 0) return t('The start page');
  if (clicks === null) return t('Not reached from {0}', start);
  return clicks === 1 ? t('Reached in 1 click from {0}', start) : t('Reached in {0} clicks from {1}', count(clicks), start);
}

function webWords(page: ThisPage, words: Words, now: number): { readonly description: string; readonly tooltip: string } {
  const { t } = words;
  const { web, site } = page;
  if (web === null) {
    const why = site.siteUrl === null ? t('address not known') : t('not published');
    return { description: why, tooltip: notPublished(site, words) };
  }
  const lines = [web.target.name];
  if (web.facts.state === 'failed') lines.push(web.facts.message);
  const strength = lastKnown(web.facts)?.value.strength;
  if (strength) lines.push(`${words.strength(strength)}: ${words.basis(strength)}`);
  return { description: knownWords(web.facts, words, now), tooltip: lines.join('\n') };
}

/** Why there is no address. */
export function notPublished({ siteUrl, builder }: SiteOfPage, { t }: Words): string {
  if (siteUrl === null) return t('Who links here from the web is known once the address of the site is.');
  return builder === null
    ? t('This file has no address of its own.')
    : t('{0} does not publish this file at an address of its own.', builderName(builder));
}

export function builderName(builder: NonNullable<SiteOfPage['builder']>): string {
  const names = {
    hugo: 'Hugo',
    jekyll: 'Jekyll',
    docusaurus: 'Docusaurus',
    astro: 'Astro',
    eleventy: 'Eleventy',
    mkdocs: 'MkDocs',
    vitepress: 'VitePress',
  };
  return names[builder];
}

function changeWords(section: 'new' | 'lost', page: ThisPage, { t, count, day }: Words): SectionWords {
  const changes = changesOf(page);
  const since = day(changes?.since ?? '');
  const fresh = section === 'new';
  return {
    label: fresh ? t('New since {0}', since) : t('Lost since {0}', since),
    description: count((fresh ? changes?.fresh : changes?.lost) ?? 0),
    tooltip: fresh ? t('Links from the web first seen on that day or later') : t('Links from the web that are gone since that day'),
    icon: fresh ? 'diff-added' : 'diff-removed',
  };
}

/** `Is it https://docs.example.com/guide/?`, or that nobody has said. */
export function questionWords({ guess }: SiteOfPage, { t }: Words): SectionWords {
  if (guess === null) {
    return {
      label: t('Set the address of this site'),
      description: '',
      tooltip: t('Web backlinks of this page need its address. It is set once for the whole folder.'),
      icon: 'question',
    };
  }
  return {
    label: t('Is it {0}?', shortUrl(guess.address ?? guess.url)),
    description: t('Yes · Change'),
    tooltip: [
      t('Web backlinks of this page need its address: is it {0}?', guess.address ?? guess.url),
      t('So says {0}. It is set once for the whole folder.', guess.from),
    ].join('\n'),
    icon: 'question',
  };
}
