/** Folders of pages: what address each file has, which redirects and server addresses come with them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readFolder } from '../../../server/src/linkIndex/ingest/folder/captures.ts';
import { readHostsFile } from '../../../server/src/linkIndex/ingest/folder/hostsFile.ts';
import { readRedirectsFile } from '../../../server/src/linkIndex/ingest/folder/redirectsFile.ts';
import type { Capture } from '../../../server/src/linkIndex/store.ts';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';

const NOW = Date.UTC(2026, 10, 23);

async function read(folder: string, baseUrl?: string): Promise<Capture[]> {
  const captures: Capture[] = [];
  for await (const capture of readFolder(folder, { signal: new AbortController().signal, onBytes() {}, baseUrl, now: NOW })) captures.push(capture);
  return captures;
}

function urls(captures: readonly Capture[]): string[] {
  return captures.map((capture) => (capture.kind === 'redirect' ? `${capture.redirect.url} -> ${capture.redirect.target}` : pageUrl(capture))).sort();
}

function pageUrl(capture: Capture): string {
  assert.ok(capture.kind === 'page', capture.kind);
  return capture.page.url;
}

describe('folder', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-folder-'));
  after(() => rmSync(root, { recursive: true, force: true }));
  let folders = 0;

  const folderWith = (files: Readonly<Record<string, string | Buffer>>): string => {
    const folder = path.join(root, String(folders++));
    mkdirSync(folder);
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    return folder;
  };

  it('maps files below a base URL: an index file to its folder, others to their name', async () => {
    const folder = folderWith({
      'index.html': '',
      'about.html': '',
      'guide/index.htm': '',
      'guide/a b.HTML': '',
      'guide/ü.md': '',
      'notes/index.md': '',
      'README.md': '',
      'page.xhtml': '',
      'style.css': '',
      'data.json': '',
      '.git/x.html': '',
      'node_modules/p/index.html': '',
    });
    for (const base of ['https://docs.example.com/v1/', 'https://docs.example.com/v1', 'https://docs.example.com/v1?x#y']) {
      assert.deepEqual(
        urls(await read(folder, base)).map((url) => url.replace('https://docs.example.com/v1/', '')),
        ['', 'README.md', 'about.html', 'guide/', 'guide/%C3%BC.md', 'guide/a%20b.HTML', 'notes/', 'page.xhtml'],
      );
    }
  });

  it('reads the layout of a mirror, one folder a host, with queries in file names', async () => {
    const folder = folderWith({
      'blog.example.net/index.html': '',
      'blog.example.net/post.html?id=3': '',
      'blog.example.net/index.html?page=2': '',
      'localhost:8080/index.html': '',
      'Example.ORG/a/b.html': '',
      'assets/index.html': '',
      'blog.example.net/about': ' <!DOCTYPE html><p>',
      'blog.example.net/show.php?id=7': '<html>',
      'blog.example.net/feed.php': '<?xml version="1.0"?>',
      'blog.example.net/LICENSE': 'MIT',
      'index.html': '',
    });
    assert.deepEqual(urls(await read(folder)), [
      'https://blog.example.net/',
      'https://blog.example.net/about',
      'https://blog.example.net/index.html?page=2',
      'https://blog.example.net/post.html?id=3',
      'https://blog.example.net/show.php?id=7',
      'https://example.org/a/b.html',
      'https://localhost:8080/',
    ]);
  });

  it('asks for --base-url when nothing says the address', async () => {
    for (const files of [{ 'index.html': '' }, { 'docs/index.html': '' }, {}]) {
      await assert.rejects(read(folderWith(files)), (error) => BacklinkLensError.is(error, 'usage.invalid') && error.message.includes('--base-url'));
    }
    for (const base of ['docs', 'ftp://example.com/', '']) {
      await assert.rejects(
        read(folderWith({}), base),
        (error) => BacklinkLensError.is(error, 'usage.invalid') && error.message.includes('--base-url'),
      );
    }
  });

  it('says that a folder is not there', async () => {
    await assert.rejects(read(path.join(root, 'nowhere'), 'https://b.org/'), (error) => BacklinkLensError.is(error, 'input.unreadable'));
  });

  it('resolves links by the page address, in HTML and Markdown, and dates them by the build', async () => {
    const folder = folderWith({ 'guide/index.html': '<a href="../x">x</a>', 'guide/a.md': '[y](b.md) and <https://a.com/>' });
    const captures = await read(folder, 'https://b.org/');
    const links = captures.flatMap((capture) => (capture.kind === 'page' ? capture.page.links.map(({ url, position }) => `${position} ${url}`) : []));
    assert.deepEqual(new Set(links), new Set(['1 https://b.org/x', '1 https://b.org/guide/b.md', '2 https://a.com/']));
    assert.ok(captures.every((capture) => capture.kind === 'page' && capture.page.capturedAt === NOW));
  });

  it('reads files in UTF-8, in what they name, and else in windows-1252', async () => {
    const folder = folderWith({
      '1.html': '<title>漢</title>',
      '2.html': Buffer.from('<title>\xfc \x80</title>', 'latin1'),
      '3.html': Buffer.from('<meta charset=koi8-r><title>\xf0</title>', 'latin1'),
      '4.html': Buffer.from('\ufeff<title>é</title>', 'utf16le'),
      '5.html': Buffer.from([0, 1, 2, 255, 254]),
      '6.html': '',
    });
    const titles = (await read(folder, 'https://b.org/')).map((capture) => (capture.kind === 'page' ? capture.page.title : ''));
    assert.deepEqual(titles, ['漢', 'ü €', 'П', 'é', null, null]);
  });

  it('leaves symbolic links alone: they may lead around in circles', async function () {
    const folder = folderWith({ 'a/index.html': '' });
    try {
      symlinkSync(folder, path.join(folder, 'a', 'again'));
    } catch {
      this.skip();
    }
    assert.deepEqual(urls(await read(folder, 'https://b.org/')), ['https://b.org/a/']);
  });

  it('takes redirects and server addresses from the files beside the pages', async () => {
    const folder = folderWith({
      hosts: '192.0.2.7 b.org www.b.org # main\n',
      'b.org/index.html': '<a href=/x>x</a>',
      'b.org/_redirects': '/old https://a.com/new 302\n/gone /here\n',
      'c.net/index.html': '',
    });
    const captures = await read(folder);
    assert.deepEqual(urls(captures), [
      'https://b.org/',
      'https://b.org/gone -> https://b.org/here',
      'https://b.org/old -> https://a.com/new',
      'https://c.net/',
    ]);
    const addresses = captures.map((capture) =>
      capture.kind === 'page' ? capture.page.ip : capture.kind === 'redirect' ? capture.redirect.ip : capture.kind,
    );
    assert.deepEqual(addresses, ['192.0.2.7', '192.0.2.7', '192.0.2.7', null]);
  });

  it('reads `_redirects` lines', () => {
    const lines: readonly (readonly [line: string, expected: readonly [number, string, string] | null])[] = [
      ['/a /b', [301, 'https://b.org/a', 'https://b.org/b']],
      ['/a   https://a.com/x  302', [302, 'https://b.org/a', 'https://a.com/x']],
      ['/a /b 301! # forced', [301, 'https://b.org/a', 'https://b.org/b']],
      ['http://b.org/a /b 308', [308, 'http://b.org/a', 'https://b.org/b']],
      ['# comment', null],
      ['', null],
      ['/only', null],
      ['/* /b 301', null],
      ['/blog/:slug /b/:slug', null],
      ['/spa /index.html 200', null],
      ['/a /404 404', null],
      ['/a /b 302 Country=de', null],
      ['/a /b soon', null],
    ];
    for (const [line, expected] of lines) {
      const found = readRedirectsFile(line, 'https://b.org/', NOW).map(({ status, url, target }) => [status, url, target]);
      assert.deepEqual(found, expected === null ? [] : [expected], line);
    }
  });

  it('reads hosts lines', () => {
    const text = '# hosts\n192.0.2.1\tB.org www.b.org\n2001:db8::1 c.net\nnonsense d.org\n\n192.0.2.2\n';
    assert.deepEqual(
      [...readHostsFile(text)],
      [
        ['b.org', '192.0.2.1'],
        ['www.b.org', '192.0.2.1'],
        ['c.net', '2001:db8::1'],
      ],
    );
  });
});
