/** The examples keep what the README promises: a web of believable size with every kind of link in it, and a site whose links lead into it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type DefaultTreeAdapterTypes, html, parse } from 'parse5';
import { registrableDomain } from '../../server/src/urls/domains.ts';
import { decodePage } from '../../server/src/util/decodeText.ts';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');
const WEB = join(EXAMPLES, 'web');
const SITE = join(EXAMPLES, 'site');
const SITE_HOST = 'docs.harbour.example';
/** Linked on purpose although no page of theirs is here. */
const UNSEEN_HOSTS = new Set(['saltmarsh.example', 'marsh-buoys.example']);
const PRIVATE_HOSTS = new Set(['localhost', '192.168.1.7', '127.0.0.1']);

type Kind = 'a' | 'aimg' | 'area' | 'iframe' | 'form' | 'meta' | 'javascript';

interface ExampleLink {
  readonly kind: Kind;
  readonly url: URL;
  readonly text: string;
  readonly rel: string;
}

interface ExamplePage {
  readonly file: string;
  readonly url: URL;
  readonly charset: string;
  readonly title: string;
  readonly language: string;
  readonly robots: string;
  readonly parseErrors: readonly string[];
  readonly links: readonly ExampleLink[];
}

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.split(sep).join('/'))
    .sort();
}

function* elements(node: Node): Generator<Element> {
  if ('tagName' in node) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* elements(child);
}

function attribute(element: Element, name: string): string {
  return element.attrs.find((attr) => attr.name === name)?.value ?? '';
}

function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** The first quoted http address of a script, as `location='…'` has it. */
function scriptUrl(code: string): string {
  return /'(https?:[^']+)'/.exec(code)?.[1] ?? '';
}

function rawLink(element: Element): { kind: Kind; raw: string } | null {
  const handler = scriptUrl(attribute(element, 'onclick'));
  if (handler !== '') return { kind: 'javascript', raw: handler };
  const href = attribute(element, 'href');
  switch (element.tagName) {
    case 'a':
      if (href.startsWith('javascript:')) return { kind: 'javascript', raw: scriptUrl(href) };
      return { kind: [...elements(element)].some((inner) => inner.tagName === 'img') ? 'aimg' : 'a', raw: href };
    case 'area':
      return { kind: 'area', raw: href };
    case 'iframe':
      return { kind: 'iframe', raw: attribute(element, 'src') };
    case 'form':
      return { kind: 'form', raw: attribute(element, 'action') };
    case 'meta':
      return attribute(element, 'http-equiv') === 'refresh' ? { kind: 'meta', raw: attribute(element, 'content').split('url=')[1] ?? '' } : null;
    default:
      return null;
  }
}

function readPage(folder: string, file: string, url: URL): ExamplePage {
  const bytes = readFileSync(join(folder, file));
  const charset = /<meta charset="([^"]+)"/.exec(bytes.toString('latin1'))?.[1] ?? '';
  const parseErrors: string[] = [];
  const document = parse(decodePage(bytes, charset), { onParseError: (error) => parseErrors.push(error.code) });
  const all = [...elements(document)].filter((element) => element.namespaceURI === html.NS.HTML);
  const first = (name: string, test: (element: Element) => boolean = () => true) => all.find((element) => element.tagName === name && test(element));
  const base = first('base');
  const baseUrl = base ? new URL(attribute(base, 'href'), url) : url;
  const robots = first('meta', (element) => attribute(element, 'name') === 'robots');
  const root = first('html');
  const title = first('title');
  return {
    file,
    url,
    charset,
    title: title ? textOf(title) : '',
    language: root ? attribute(root, 'lang') : '',
    robots: robots ? attribute(robots, 'content') : '',
    parseErrors,
    links: all.flatMap((element) => {
      const found = rawLink(element);
      if (!found || found.raw === '') return [];
      return [{ kind: found.kind, url: new URL(found.raw, baseUrl), text: textOf(element).trim(), rel: attribute(element, 'rel') }];
    }),
  };
}

function webAddress(file: string): URL {
  return new URL(`https://${encodeURI(file).replace(/(^|\/)index\.html$/, '$1')}`);
}

/** Scheme, `www.` and fragment do not tell pages apart here. */
function looseForm(url: URL): string {
  return url.host.replace(/^www\./, '') + url.pathname;
}

interface Redirect {
  readonly from: URL;
  readonly to: URL;
  readonly status: number;
}

function redirectsOf(host: string, text: string): Redirect[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [from = '', to = '', status = ''] = line.trim().split(/\s+/);
      const base = `https://${host}/`;
      return { from: new URL(from, base), to: new URL(to, base), status: Number(status) };
    });
}

describe('examples/web', () => {
  const files = filesBelow(WEB);
  const pages = files.filter((file) => file.endsWith('.html')).map((file) => readPage(WEB, file, webAddress(file)));
  const redirects = files
    .filter((file) => file.endsWith('/_redirects'))
    .flatMap((file) => redirectsOf(file.split('/')[0] ?? '', readFileSync(join(WEB, file), 'utf8')));
  const links = pages.flatMap((page) => page.links.map((link) => ({ page, ...link })));
  const external = links.filter(({ page, url }) => registrableDomain(page.url.hostname) !== registrableDomain(url.hostname));
  const hosts = new Set(pages.map((page) => page.url.host));
  const known = new Set([...pages.map((page) => looseForm(page.url)), ...redirects.map((redirect) => looseForm(redirect.from))]);
  const referringDomains = (url: string) =>
    new Set(external.filter((link) => looseForm(link.url) === looseForm(new URL(url))).map(({ page }) => registrableDomain(page.url.hostname))).size;

  it('has at least 12 hosts, 150 pages and stays a small folder', () => {
    assert.ok(hosts.size >= 12, `${hosts.size} hosts`);
    assert.ok(pages.length >= 150, `${pages.length} pages`);
    const bytes = files.reduce((sum, file) => sum + readFileSync(join(WEB, file)).length, 0);
    assert.ok(bytes < 1_200_000, `${bytes} bytes`);
    console.log(`      ${hosts.size} hosts, ${pages.length} pages, ${links.length} links, ${external.length} external, ${bytes} bytes`);
  });

  it('is HTML without parse errors, with a language and a title of its own', () => {
    assert.deepEqual(
      pages.filter((page) => page.parseErrors.length > 0).map((page) => [page.file, ...page.parseErrors]),
      [],
    );
    assert.deepEqual(
      pages.filter((page) => page.language === '' || page.title === '').map((page) => page.file),
      [],
    );
    const seen = new Map<string, string>();
    for (const page of pages) {
      assert.equal(seen.get(page.title), undefined, `${page.file} has the title of ${seen.get(page.title)}`);
      seen.set(page.title, page.file);
    }
  });

  it('speaks seven languages and four encodings, and decodes', () => {
    assert.deepEqual([...new Set(pages.map((page) => page.language))].sort(), ['ar', 'de', 'el', 'en', 'es', 'fr', 'ja']);
    assert.deepEqual([...new Set(pages.map((page) => page.charset))].sort(), ['iso-8859-1', 'shift_jis', 'utf-8', 'windows-1252']);
    const title = (file: string) => pages.find((page) => page.file === file)?.title;
    assert.equal(title('minato.example/notebook/hut.html'), '古い検潮小屋 – 港の手帖');
    assert.match(title('www.uni-nordsund.example/de/index.html') ?? '', /^Universität Nordsund: Übersicht für Studierende/);
    const french = readFileSync(join(WEB, 'journal-des-quais.example/2024/mots-de-mer.html'));
    assert.match(decodePage(french, null), /œil-de-bœuf/);
    assert.ok(pages.filter((page) => /[^\p{ASCII}–’]/u.test(page.title)).length >= 25, 'titles beyond ASCII');
  });

  it('says the address of every host', () => {
    const listed = readFileSync(join(WEB, 'hosts'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .flatMap((line) => line.split(/\s+/).slice(1));
    assert.deepEqual(listed.sort(), [...hosts].sort());
  });

  it('has line ends of LF, and CRLF on the one page that is about that', () => {
    const crlf = files.filter((file) => readFileSync(join(WEB, file)).includes('\r\n'));
    assert.deepEqual(crlf, ['kaikante.example/nebel/index.html']);
  });

  const kinds: readonly [Kind, number][] = [
    ['a', 1_000],
    ['aimg', 10],
    ['area', 5],
    ['iframe', 3],
    ['form', 4],
    ['meta', 1],
    ['javascript', 5],
  ];
  for (const [kind, least] of kinds) {
    it(`has links of kind ${kind}, ${least} at least, some of them external`, () => {
      assert.ok(links.filter((link) => link.kind === kind).length >= least);
      if (kind !== 'form') assert.ok(external.some((link) => link.kind === kind));
    });
  }

  it('has image links with and without an alt, and links without following', () => {
    const images = links.filter((link) => link.kind === 'aimg' && link.text === '');
    assert.ok(images.length >= 10);
    const raw = readFileSync(join(WEB, 'portscout.example/ports/oldhaven/index.html'), 'utf8');
    assert.match(raw, /<img [^>]*alt="">/);
    for (const rel of ['nofollow', 'ugc', 'sponsored']) {
      assert.ok(external.filter((link) => link.rel.split(' ').includes(rel)).length >= 4, rel);
    }
    assert.ok(pages.some((page) => page.robots === 'nofollow'));
    assert.ok(pages.filter((page) => page.robots.includes('noindex')).length >= 2);
  });

  it('links to nothing that is neither here, nor in the site, nor unseen on purpose', () => {
    const lost = links
      .filter(({ kind, url }) => kind !== 'form' && url.protocol.startsWith('http'))
      .filter(({ url }) => url.hostname !== SITE_HOST && !UNSEEN_HOSTS.has(url.hostname) && !known.has(looseForm(url)))
      .map(({ page, url }) => `${page.file} -> ${url.href}`);
    assert.deepEqual(lost, []);
  });

  it('redirects only to pages that are here or in the site, also to other domains', () => {
    for (const { to, status } of redirects) {
      assert.ok([301, 302].includes(status));
      assert.ok(to.hostname === SITE_HOST || known.has(looseForm(to)), to.href);
    }
    assert.ok(redirects.filter(({ from, to }) => registrableDomain(from.hostname) !== registrableDomain(to.hostname)).length >= 3);
    assert.ok(new Set(redirects.map(({ from }) => from.host)).size >= 3);
  });

  it('has hubs, a target with dozens of rows and one nobody links to from elsewhere', () => {
    assert.ok(referringDomains('https://openberth.example/spec/') >= 10);
    assert.ok(referringDomains('https://www.harbour.example/') >= 10);
    assert.ok(referringDomains('https://docs.harbour.example/guide/install/') >= 7);
    assert.ok(referringDomains('https://docs.harbour.example/guide/moorings/') >= 5);
    assert.ok(external.filter(({ url }) => looseForm(url) === 'tidetables.example/').length >= 36);
    assert.equal(referringDomains('https://limani.example/palirroia.html'), 0);
  });

  it('writes one address in four forms, and another only without www', () => {
    const forms = (loose: string) => new Set(external.filter(({ url }) => looseForm(url) === loose).map(({ url }) => url.origin));
    assert.equal(forms('tidetables.example/').size, 4);
    assert.deepEqual([...forms('tidetables.example/api/')], ['https://tidetables.example']);
  });
});

describe('examples/site', () => {
  const files = filesBelow(SITE);
  const markdown = files.filter((file) => file.endsWith('.md'));
  const pages = files.filter((file) => file.endsWith('.html')).map((file) => readPage(SITE, file, new URL(`https://${SITE_HOST}/${file}`)));
  const webHosts = new Set(readdirSync(WEB, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])));
  const urlsOf = (file: string) => readFileSync(join(SITE, file), 'utf8').match(/https?:\/\/[^\s<>"')\]`;]+/g) ?? [];

  it('mixes Markdown and HTML, all of it valid', () => {
    assert.ok(markdown.length >= 9 && pages.length >= 3, `${markdown.length} Markdown, ${pages.length} HTML`);
    for (const page of pages) assert.deepEqual(page.parseErrors, [], page.file);
  });

  it('writes only addresses of the web, of itself, of private machines and of the unseen', () => {
    const strangers = files
      .filter((file) => /\.(md|html)$/.test(file))
      .flatMap(urlsOf)
      .map((url) => new URL(url).hostname)
      .filter((host) => ![webHosts, UNSEEN_HOSTS, PRIVATE_HOSTS].some((some) => some.has(host)))
      .filter((host) => !webHosts.has(`www.${host}`) && !webHosts.has(host.replace(/^www\./, '')))
      .filter((host) => ![SITE_HOST, 'schema.org'].includes(host));
    assert.deepEqual(strangers, []);
  });

  it('has one relative link that leads nowhere and one page that nobody links to', () => {
    const broken: string[] = [];
    const reached = new Set<string>();
    for (const file of files.filter((name) => /\.(md|html)$/.test(name))) {
      const text = readFileSync(join(SITE, file), 'utf8');
      for (const [, inMarkdown, inHtml] of text.matchAll(/\]\(([^)\s]+)|(?:href|src)="([^"]+)"/g)) {
        const target = new URL(inMarkdown ?? inHtml ?? '', `https://${SITE_HOST}/${file}`);
        if (/^([a-z]+:|#)/.test(inMarkdown ?? inHtml ?? '')) continue;
        const path = target.pathname.slice(1);
        if (path !== file) reached.add(path);
        if (!files.includes(path)) broken.push(`${file} -> ${path}`);
      }
    }
    assert.deepEqual(broken, ['guide/deploy.md -> guide/backup.md']);
    const orphans = files.filter((file) => /\.(md|html)$/.test(file) && !reached.has(file));
    assert.deepEqual(orphans, ['guide/import-from-spreadsheets.md']);
  });
});
