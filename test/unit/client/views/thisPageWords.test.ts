/** What the view *This Page* says in each state. */
import assert from 'node:assert/strict';
import { sectionsOf } from '../../../../client/src/views/thisPageNodes.ts';
import { pageLine, pageWords, questionWords, sectionWords } from '../../../../client/src/views/thisPageWords.ts';
import type { Known, Summary } from '../../../../shared/backlinks.ts';
import type { PageInFolder, SiteOfPage, ThisPage } from '../../../../shared/thisPage.ts';
import { fresh, NOW, target, words } from '../support/samples.ts';

const FOLDER: PageInFolder = { state: 'ready', backlinks: 14, linkingPages: 9, pages: 60, clicks: 2, start: 'index.md', alone: 3 };
const SITE: SiteOfPage = { folder: 'file:///d', builder: 'hugo', siteUrl: 'https://d.org/', address: 'https://d.org/guide/', guess: null };

function page(facts: Known<Summary> | null, folder: Partial<PageInFolder> = {}, site: Partial<SiteOfPage> = {}): ThisPage {
  return {
    uri: 'file:///d/guide.md',
    path: 'guide.md',
    folder: { ...FOLDER, ...folder },
    site: { ...SITE, ...site },
    web: facts === null ? null : { target: target('https://d.org/guide/'), facts },
  };
}

const said = (shown: ThisPage, section: Parameters<typeof sectionWords>[0]) => {
  const { label, description, tooltip } = sectionWords(section, shown, words, NOW);
  return [label, description, tooltip];
};

describe('words of this page', () => {
  const known = fresh({ backlinks: 132, referringDomains: 41, newBacklinks: 6, lostBacklinks: 2, changesSince: '2026-10-01' });

  it('names the page and its address', () => {
    assert.equal(pageLine(page(known)), 'guide.md → https://d.org/guide/');
    assert.equal(pageLine(page(null, {}, { address: null })), 'guide.md');
  });

  it('tells the status how many link to it and from where', () => {
    assert.equal(pageWords(page(known), words), 'This page: 14 in this folder, on the web 132 from 41 domains');
    assert.equal(pageWords(page(null), words), 'This page: 14 in this folder');
    assert.equal(pageWords(page(null, { state: 'documents' }), words), null);
  });

  it('says how the folder leads to it, and how far that is known', () => {
    assert.deepEqual(said(page(known), 'folder'), [
      'In this folder',
      '14',
      '14 links from 9 pages of this folder\nReached in 2 clicks from index.md',
    ]);
    assert.equal(said(page(known, { state: 'reading', clicks: null, start: null, alone: null }), 'folder')[1], '14 so far, reading');
    assert.match(said(page(known, { state: 'documents' }), 'folder')[2] ?? '', /not on this machine/);
    assert.match(said(page(known, { clicks: null }), 'folder')[2] ?? '', /Not reached from index\.md/);
  });

  it('never says zero for what nobody knows', () => {
    assert.deepEqual(said(page(null, {}, { siteUrl: null, address: null }), 'web').slice(0, 2), ['On the web', 'address not known']);
    assert.deepEqual(said(page(null, {}, { address: null }), 'web').slice(1), [
      'not published',
      'Hugo does not publish this file at an address of its own.',
    ]);
    assert.equal(said(page({ state: 'skipped', reason: 'manual' }), 'web')[1], 'not asked');
    assert.equal(said(page(fresh({ backlinks: 0 })), 'web')[1], 'none seen');
    assert.equal(said(page(known), 'web')[1], '132 from 41 domains');
  });

  it('has a section for what came and went only where something did', () => {
    const sections = (shown: ThisPage) => sectionsOf(shown).map(({ section }) => section);
    assert.deepEqual(sections(page(known)), ['folder', 'web', 'new', 'lost', 'could', 'alone']);
    assert.deepEqual(sections(page(null, { alone: 0 })), ['folder', 'web', 'could']);
    assert.deepEqual(sections(page(null, { state: 'reading', alone: null })), ['folder', 'web']);
    assert.deepEqual(said(page(known), 'new').slice(0, 2), ['New since Oct 1, 2026', '6']);
    assert.deepEqual(said(page(known), 'lost').slice(0, 2), ['Lost since Oct 1, 2026', '2']);
  });

  it('asks whether the address is right, or for one', () => {
    const guess = { url: 'https://d.org/', from: 'hugo.toml', address: 'https://d.org/guide/' };
    const asked = questionWords({ ...SITE, siteUrl: null, address: null, guess }, words);
    assert.deepEqual([asked.label, asked.description], ['Is it d.org/guide/?', 'Yes · Change']);
    assert.match(asked.tooltip, /is it https:\/\/d\.org\/guide\/\?\nSo says hugo\.toml/);
    assert.equal(questionWords({ ...SITE, siteUrl: null, address: null }, words).label, 'Set the address of this site');
  });
});
