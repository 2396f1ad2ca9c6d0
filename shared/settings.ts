/** The settings: one readonly type, one set of defaults, one reader from whatever the editor or a file holds. */
import { INTERNAL_FILTERS, type InternalFilter, PAGE_LIMITS, type PageLimit } from './backlinks.ts';
import { RULES, type RuleCode, SEVERITIES, type Severity } from './rules.ts';
import { SOURCE_IDS, type SourceId } from './sources.ts';

/** How redirects are written: found out from the folder, in one form, or not at all. */
export type RedirectForm = 'auto' | 'netlify' | 'netlify-toml' | 'vercel' | 'htaccess' | 'nginx' | 'front-matter' | 'mkdocs' | 'none';
export const REDIRECT_FORMS: readonly RedirectForm[] = [
  'auto',
  'netlify',
  'netlify-toml',
  'vercel',
  'htaccess',
  'nginx',
  'front-matter',
  'mkdocs',
  'none',
];

/** What happens when a page that has an address is moved or deleted. */
export type OnMove = 'prompt' | 'always' | 'never';
export const ON_MOVE: readonly OnMove[] = ['prompt', 'always', 'never'];

/** The two scanners, by the language they are made for. */
export type ScannedAs = 'html' | 'markdown';
export const SCANNED_AS: readonly ScannedAs[] = ['html', 'markdown'];

/** Site builders whose rules map files to addresses. */
export type SiteBuilderId = 'hugo' | 'jekyll' | 'docusaurus' | 'astro' | 'eleventy' | 'mkdocs' | 'vitepress';
export const SITE_BUILDERS = ['auto', 'none', 'hugo', 'jekyll', 'docusaurus', 'astro', 'eleventy', 'mkdocs', 'vitepress'] as const;

export interface Settings {
  /** Where backlinks from the web come from. */
  readonly source: SourceId;
  /** Path of the index file; empty: none chosen. */
  readonly indexPath: string;
  /** Base address of an endpoint that speaks the contract, without its version or with `/v4`. */
  readonly endpoint: string;
  /** Base addresses that take the place of a vendor's own, by source id: a gateway of the user's. */
  readonly endpoints: Readonly<Partial<Record<SourceId, string>>>;
  /** Path of the file of domain ranks; empty: none chosen. */
  readonly ranksPath: string;
  /** What may be spent in a day (from midnight to midnight where the user is), by source id, in the unit that the source counts in; a source that is not in it has no limit. */
  readonly budgetPerDay: Readonly<Partial<Record<SourceId, number>>>;
  /** Glob patterns of URLs that are never sent to a remote source. */
  readonly neverSend: readonly string[];
  /** Path of a PEM file with certificates to trust besides the built-in ones; empty: none. */
  readonly caFile: string;
  /** Ask remote sources without being told to. */
  readonly automatic: boolean;
  /** Links inside the target's own registrable domain. */
  readonly internal: InternalFilter;
  readonly rowsPerPage: PageLimit;
  /** Rows fetched for one target at most. */
  readonly maxRows: number;
  readonly rules: Readonly<Record<RuleCode, Severity>>;
  /** `weak-target` speaks below this page strength (0 to 10). */
  readonly weakTargetBelow: number;
  /** Glob patterns of URLs that links are not to follow, and of those that they are to: `nofollow-mismatch` speaks where it is otherwise. */
  readonly nofollowTargets: readonly string[];
  readonly followTargets: readonly string[];
  /** Strength after each link, as an inlay hint. */
  readonly inlayHints: boolean;
  readonly redirectForm: RedirectForm;
  /** Whether a redirect is offered, simply written, or neither when a page moves or goes. */
  readonly redirectOnMove: OnMove;
  /** Links in HTML files, and in Markdown files where the editor does not see to them, follow a page that moves. */
  readonly updateLinksOnMove: boolean;
  /** Glob patterns of paths of this site that are never called lost: what a site builder makes without a file of its own. */
  readonly lostPagesExclude: readonly string[];
  /** Glob patterns of URLs that are neither looked up nor reported. */
  readonly ignore: readonly string[];
  /** Public address of the open folder, for pages that live on the web. */
  readonly siteUrl: string;
  /** Whose rules map the folder's files to addresses below `siteUrl`; `none`: the files' own paths. */
  readonly siteBuilder: (typeof SITE_BUILDERS)[number];
  /** Megabytes; a larger document is not scanned. */
  readonly maxDocumentSize: number;
  /** Look up images, scripts, styles and other resources too. */
  readonly lookUpResources: boolean;
  /** Further language ids of the editor, and which scanner reads them; html and markdown are always scanned. */
  readonly languages: Readonly<Record<string, ScannedAs>>;
  /** Find `[[page]]` links in Markdown. */
  readonly wikiLinks: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  source: 'index',
  indexPath: '',
  endpoint: '',
  endpoints: {},
  ranksPath: '',
  budgetPerDay: {},
  neverSend: [],
  caFile: '',
  automatic: false,
  internal: 'exclude',
  rowsPerPage: 250,
  maxRows: 10_000,
  rules: Object.fromEntries(RULES.map((rule) => [rule.code, rule.severity])) as Record<RuleCode, Severity>,
  weakTargetBelow: 1,
  nofollowTargets: [],
  followTargets: [],
  inlayHints: false,
  redirectForm: 'auto',
  redirectOnMove: 'prompt',
  updateLinksOnMove: true,
  lostPagesExclude: [
    '/tag/**',
    '/tags/**',
    '/category/**',
    '/categories/**',
    '/author/**',
    '/authors/**',
    '/archive/**',
    '/archives/**',
    '/page/**',
    '/search/**',
    '**/*.xml',
    '**/*.json',
  ],
  ignore: [],
  siteUrl: '',
  siteBuilder: 'auto',
  maxDocumentSize: 20,
  lookUpResources: false,
  languages: {
    astro: 'html',
    vue: 'html',
    svelte: 'html',
    handlebars: 'html',
    liquid: 'html',
    jinja: 'html',
    'jinja-html': 'html',
    'django-html': 'html',
    php: 'html',
    erb: 'html',
    'html.erb': 'html',
    mdx: 'markdown',
    quarto: 'markdown',
    rmd: 'markdown',
  },
  wikiLinks: false,
};

/** Where each setting lives below `backlinkLens.` in the manifest. */
export const SETTING_KEYS: Readonly<Record<keyof Settings, string>> = {
  source: 'source',
  indexPath: 'index.path',
  endpoint: 'searchmetrics.endpoint',
  endpoints: 'endpoints',
  ranksPath: 'ranks.path',
  budgetPerDay: 'budget.perDay',
  neverSend: 'neverSend',
  caFile: 'caFile',
  automatic: 'automatic',
  internal: 'internal',
  rowsPerPage: 'rows.perPage',
  maxRows: 'rows.max',
  rules: 'rules',
  weakTargetBelow: 'weakTargetBelow',
  nofollowTargets: 'nofollowTargets',
  followTargets: 'followTargets',
  inlayHints: 'inlayHints',
  redirectForm: 'redirects.form',
  redirectOnMove: 'redirects.onMove',
  updateLinksOnMove: 'updateLinksOnMove',
  lostPagesExclude: 'lostPages.exclude',
  ignore: 'ignore',
  siteUrl: 'siteUrl',
  siteBuilder: 'siteBuilder',
  maxDocumentSize: 'maxDocumentSize',
  lookUpResources: 'lookUpResources',
  languages: 'languages',
  wikiLinks: 'wikiLinks',
};

/**
 * Reads settings from the `backlinkLens` section as the editor hands it over. A value of the wrong type or out of range gives the default.
 *
 * @param section nested or flat object of setting keys, or anything else
 */
export function readSettings(section: unknown): Settings {
  const at = (name: keyof Settings) => valueAt(section, SETTING_KEYS[name]);
  const text = (name: keyof Settings & ('indexPath' | 'endpoint' | 'ranksPath' | 'caFile' | 'siteUrl')) => {
    const value = at(name);
    return typeof value === 'string' ? value.trim() : DEFAULT_SETTINGS[name];
  };
  const flag = (name: keyof Settings & ('automatic' | 'lookUpResources' | 'wikiLinks' | 'inlayHints' | 'updateLinksOnMove')) => {
    const value = at(name);
    return typeof value === 'boolean' ? value : DEFAULT_SETTINGS[name];
  };
  const number = (name: keyof Settings & ('maxRows' | 'weakTargetBelow' | 'maxDocumentSize'), min: number, max: number) => {
    const value = at(name);
    return typeof value === 'number' && value >= min && value <= max ? value : DEFAULT_SETTINGS[name];
  };
  return {
    source: oneOf(SOURCE_IDS, at('source'), DEFAULT_SETTINGS.source),
    indexPath: text('indexPath'),
    endpoint: text('endpoint'),
    endpoints: bySource(at('endpoints'), (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)),
    ranksPath: text('ranksPath'),
    budgetPerDay: bySource(at('budgetPerDay'), (value) => (typeof value === 'number' && value >= 0 && Number.isFinite(value) ? value : null)),
    neverSend: strings(at('neverSend')),
    caFile: text('caFile'),
    automatic: flag('automatic'),
    internal: oneOf(INTERNAL_FILTERS, at('internal'), DEFAULT_SETTINGS.internal),
    rowsPerPage: oneOf(PAGE_LIMITS, at('rowsPerPage'), DEFAULT_SETTINGS.rowsPerPage),
    maxRows: number('maxRows', 10, 1_000_000),
    rules: readRules(at('rules')),
    weakTargetBelow: number('weakTargetBelow', 0, 10),
    nofollowTargets: strings(at('nofollowTargets')),
    followTargets: strings(at('followTargets')),
    inlayHints: flag('inlayHints'),
    redirectForm: oneOf(REDIRECT_FORMS, at('redirectForm'), DEFAULT_SETTINGS.redirectForm),
    redirectOnMove: oneOf(ON_MOVE, at('redirectOnMove'), DEFAULT_SETTINGS.redirectOnMove),
    updateLinksOnMove: flag('updateLinksOnMove'),
    lostPagesExclude: Array.isArray(at('lostPagesExclude')) ? strings(at('lostPagesExclude')) : DEFAULT_SETTINGS.lostPagesExclude,
    ignore: strings(at('ignore')),
    siteUrl: text('siteUrl'),
    siteBuilder: oneOf(SITE_BUILDERS, at('siteBuilder'), DEFAULT_SETTINGS.siteBuilder),
    maxDocumentSize: number('maxDocumentSize', 0.001, 1_000),
    lookUpResources: flag('lookUpResources'),
    languages: readLanguages(at('languages')),
    wikiLinks: flag('wikiLinks'),
  };
}

function readRules(value: unknown): Record<RuleCode, Severity> {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return Object.fromEntries(RULES.map((rule) => [rule.code, oneOf(SEVERITIES, given[rule.code], rule.severity)])) as Record<RuleCode, Severity>;
}

/** An object by source id; ids that are none and values that cannot be read are left out. */
function bySource<T>(value: unknown, read: (value: unknown) => T | null): Readonly<Partial<Record<SourceId, T>>> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).flatMap(([id, entry]) => {
    const given = read(entry);
    return given === null || !SOURCE_IDS.includes(id as SourceId) ? [] : [[id, given] as const];
  });
  return Object.fromEntries(entries);
}

/** A language that the user set to anything else, null say, is not scanned. */
function readLanguages(value: unknown): Readonly<Record<string, ScannedAs>> {
  if (typeof value !== 'object' || value === null) return DEFAULT_SETTINGS.languages;
  const given = Object.entries(value).filter((entry): entry is [string, ScannedAs] => SCANNED_AS.includes(entry[1] as ScannedAs));
  return Object.fromEntries(given);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string' && entry !== '') : [];
}

function oneOf<T>(permitted: readonly T[], value: unknown, fallback: T): T {
  return permitted.includes(value as T) ? (value as T) : fallback;
}

/** VS Code hands nested objects, tests and files may use the flat key. */
function valueAt(section: unknown, key: string): unknown {
  if (typeof section !== 'object' || section === null) return undefined;
  const flat = (section as Record<string, unknown>)[key];
  if (flat !== undefined || !key.includes('.')) return flat;
  const [head = '', ...rest] = key.split('.');
  return valueAt((section as Record<string, unknown>)[head], rest.join('.'));
}
