/** Links, summaries and hover inputs to vary in tables. */

import assert from 'node:assert/strict';
import { createHover } from '../../../server/src/features/hover/hover.ts';
import type { HoverInput } from '../../../server/src/features/hover/input.ts';
import { type KnownLink, viewLink } from '../../../server/src/features/linkView.ts';
import type { Link } from '../../../server/src/scan/link.ts';
import type { SourceInfo } from '../../../server/src/sources/source.ts';
import { createTargetMemo } from '../../../server/src/urls/targetMemo.ts';
import type { LocalTarget } from '../../../server/src/workspace/workspace.ts';
import type { Backlink, Known, Summary, Target } from '../../../shared/backlinks.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';

export const NOW = Date.UTC(2026, 10, 23, 12);
export const URL_OF_PAGE = 'https://example.org/guide/deploy';

export const INFO: SourceInfo = { id: 'index', label: 'Embedded index', pages: 1_204_331, asOf: '2026-11-02', generation: 'g1' };

export function link(overrides: Partial<Link> = {}): Link {
  const url = overrides.url ?? URL_OF_PAGE;
  return {
    span: { start: 0, end: url.length },
    url,
    resolved: URL.parse(url)?.href ?? null,
    role: 'hyperlink',
    tag: 'a',
    element: 'a',
    attribute: 'href',
    text: 'the guide',
    rel: [],
    position: 1,
    complete: true,
    ...overrides,
  };
}

export function summary(overrides: Partial<Summary> = {}): Summary {
  const target: Target = { kind: 'page', name: URL_OF_PAGE, id: 'page:example.org/guide/deploy' };
  return {
    target,
    backlinks: 132,
    unit: 'links',
    internalBacklinks: 206,
    referringPages: 101,
    referringHosts: 45,
    referringDomains: 41,
    followed: { links: 115, of: 132 },
    forms: null,
    strength: { basis: 'index', value: 6.2, population: 1_204_331 },
    topAnchors: null,
    redirectsTo: null,
    strongest: null,
    asOf: '2026-11-02',
    ...overrides,
  };
}

export function backlink(overrides: Partial<Backlink> = {}): Backlink {
  return {
    sourceUrl: 'https://blog.example.net/moved',
    title: 'How we moved our docs',
    anchorText: 'deployment guide',
    externalLinks: 10,
    internalLinks: 20,
    totalLinks: 30,
    strength: { basis: 'index', value: 7.9, population: 1_204_331 },
    position: 4,
    targetUrl: URL_OF_PAGE,
    tag: 'a',
    nofollow: false,
    rel: [],
    ip: null,
    countryCode: null,
    country: null,
    city: null,
    firstSeen: '2024-05-17',
    lastSeen: null,
    lost: null,
    ...overrides,
  };
}

export function fresh(value: Summary): Known<Summary> {
  return { state: 'fresh', value, at: NOW - 1_000 };
}

export interface LinkParts {
  readonly link?: Partial<Link>;
  readonly local?: Partial<LocalTarget> | null;
  readonly page?: Known<Summary>;
  readonly domain?: Known<Summary>;
  readonly settings?: Partial<Settings>;
}

export function knownLink(parts: LinkParts = {}): KnownLink {
  const one = link(parts.link);
  const range = { start: { line: 3, character: 5 }, end: { line: 3, character: 5 + one.url.length } };
  const local = parts.local
    ? { uri: 'file:///w/guide/install.md', path: 'guide/install.md', exists: true, self: false, relative: true, ...parts.local }
    : null;
  const view = viewLink(one, range, {
    local,
    siteAddress: null,
    settings: { ...DEFAULT_SETTINGS, ...parts.settings },
    targetsOf: createTargetMemo(),
  });
  return { ...view, page: parts.page ?? { state: 'unknown' }, domain: parts.domain ?? { state: 'unknown' } };
}

export function hoverInput(parts: LinkParts & { input?: Partial<HoverInput> } = {}): HoverInput {
  return {
    uri: 'file:///w/index.md',
    view: knownLink(parts),
    reach: null,
    uses: { page: 14, domain: 37 },
    pathOf: (uri) => uri.replace('file:///w/', ''),
    source: INFO,
    health: { state: 'ok' },
    now: NOW,
    locale: 'en',
    commandLinks: true,
    ...parts.input,
  };
}

/** A hover's Markdown; empty where there is none. */
export function hoverText(parts: LinkParts & { input?: Partial<HoverInput> }): string {
  const contents = createHover(hoverInput(parts))?.contents;
  if (contents === undefined) return '';
  assert.ok(typeof contents === 'object' && 'value' in contents && 'kind' in contents);
  assert.equal(contents.kind, 'markdown');
  return contents.value;
}

/** A hover as it is read: escapes and command arguments taken out. */
export function readHover(parts: LinkParts & { input?: Partial<HoverInput> }): string {
  return hoverText(parts)
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\\(.)/g, '$1')
    .replace(/\u00A0|&nbsp;/g, ' ');
}
