/** Real folders on disk: files move, the edits are made, and afterwards every link leads to the page it led to before. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TextDocumentEdit } from 'vscode-languageserver-protocol';
import { URI } from 'vscode-uri';
import { createBacklinkService } from '../../../../server/src/service.ts';
import { systemClock } from '../../../../server/src/util/clock.ts';
import { silentLog } from '../../../../server/src/util/log.ts';
import { createWorkspace } from '../../../../server/src/workspace/folderWorkspace.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { temporaryFolder } from '../../../support/folders.ts';
import { fakeFacts } from '../fakeFacts.ts';

const FILES: Readonly<Record<string, string>> = {
  'index.md':
    '[a](guide/a.md) [b](guide/b#x) [c](./guide/deep/c.md "t") [d](guide/) [e](/guide/a.html) <https://x.org/guide/b/>\n\n![p](img/p.png)\n',
  'guide/index.md': '[a](a.md) [up](../index.md) [deep](deep/) [r][r]\n\n[r]: <deep/c.md> (title)\n',
  'guide/a.md': '[b](b.md) [self](#x) [home](/) [c](deep/c) ![p](../img/p.png)\n',
  'guide/b.md': '<a href="a.md">a</a> [c d](c%20d.md) [ü](%C3%BC.md)\n',
  'guide/c d.md': '[b](./b.md) [a](../guide/a.md)\n',
  'guide/ü.md': '[b](b.md)\n',
  'guide/deep/index.md': '[c](c.md) [top](../../index.md)\n',
  'guide/deep/c.md': '[i](../index.md) [b](../b.md?x=1#y) [deep](./)\n',
  'page.html': '<a href="guide/a.md">a</a><a href=/guide/b/>b</a><img src="img/p.png"><a href="https://x.org/guide/deep/c/#z">c</a>\n',
  'img/p.png': 'p',
};

const MOVES: readonly (readonly [name: string, moves: Readonly<Record<string, string>>])[] = [
  ['a page gets another name', { 'guide/a.md': 'guide/z.md' }],
  ['a page goes up', { 'guide/b.md': 'b.md' }],
  ['a page goes down', { 'guide/a.md': 'guide/deep/er/a.md' }],
  ['a name with blanks', { 'guide/b.md': 'guide/b (new) #1.md' }],
  ['a page with blanks in its name', { 'guide/c d.md': 'guide/deep/e f.md' }],
  ['a page gets letters of its language', { 'guide/ü.md': 'guide/ö/ß.md' }],
  ['a start page becomes another page', { 'guide/deep/index.md': 'guide/deep.md' }],
  ['a page becomes a start page', { 'guide/a.md': 'guide/a/index.md' }],
  ['a folder gets another name', { guide: 'manual' }],
  ['a folder goes down', { 'guide/deep': 'other/place/deep' }],
  ['two pages change places with a third', { 'guide/a.md': 'guide/x.md', 'guide/deep/c.md': 'c.md' }],
  ['a page of HTML goes down', { 'page.html': 'sub/dir/page.html' }],
];

describe('after a move', () => {
  for (const siteUrl of ['', 'https://x.org/']) {
    for (const [name, moves] of MOVES) {
      it(`${siteUrl === '' ? 'without' : 'with'} an address: ${name}`, async () => {
        const { folder, remove } = temporaryFolder('moves');
        try {
          for (const [file, text] of Object.entries(FILES)) write(folder, file, text);
          const before = await linksOf(folder, siteUrl);
          assert.ok(before.length >= 20, String(before.length));
          await moveWithEdits(folder, siteUrl, moves);
          const moved = (file: string) => {
            const from = Object.keys(moves).find((one) => file === one || file.startsWith(`${one}/`));
            return from === undefined ? file : (moves[from] ?? '') + file.slice(from.length);
          };
          const expected = before.map(({ from, to, rest }) => `${moved(from)} -> ${moved(to)} ${rest}`).sort();
          const actual = (await linksOf(folder, siteUrl)).map(({ from, to, rest }) => `${from} -> ${to} ${rest}`).sort();
          assert.deepEqual(actual, expected);
        } finally {
          remove();
        }
      });
    }
  }
});

function write(folder: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

async function open(folder: string, siteUrl: string) {
  const settings = { ...DEFAULT_SETTINGS, siteUrl };
  const workspace = createWorkspace([URI.file(folder).toString()], { settings: () => settings, log: silentLog, clock: systemClock });
  const service = createBacklinkService({
    ...{ facts: fakeFacts(), workspace, settings: () => settings, log: silentLog, clock: () => 0, locale: 'en', commandLinks: false },
  });
  await workspace.whenReady(AbortSignal.timeout(10_000));
  return { service, workspace };
}

/** Every link between files of the folder, with its query and fragment. */
async function linksOf(folder: string, siteUrl: string): Promise<{ from: string; to: string; rest: string }[]> {
  const { service, workspace } = await open(folder, siteUrl);
  const found = [];
  for (const uri of workspace.files()) {
    service.setDocument({
      uri,
      languageId: uri.endsWith('.html') ? 'html' : 'markdown',
      version: 1,
      text: readFileSync(URI.parse(uri).fsPath, 'utf8'),
    });
    for (const { local, url } of service.documentFacts(uri)?.links ?? []) {
      if (local?.exists === true) found.push({ from: workspace.pathOf(uri), to: workspace.pathOf(local.uri), rest: /[?#].*$/.exec(url)?.[0] ?? '' });
    }
  }
  await service.close();
  return found;
}

async function moveWithEdits(folder: string, siteUrl: string, moves: Readonly<Record<string, string>>): Promise<void> {
  const { service } = await open(folder, siteUrl);
  const uriOf = (file: string) => URI.file(path.join(folder, file)).toString();
  const files = Object.entries(moves).map(([from, to]) => ({ from: uriOf(from), to: uriOf(to) }));
  const { links } = await service.adviseMove({ files }, AbortSignal.timeout(10_000));
  await service.close();
  for (const change of (links?.documentChanges ?? []) as TextDocumentEdit[]) applyTo(URI.parse(change.textDocument.uri).fsPath, change);
  for (const [from, to] of Object.entries(moves)) {
    const [source, target] = [path.join(folder, from), path.join(folder, to)];
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(source, `${folder}.moving`);
    mkdirSync(path.dirname(target), { recursive: true });
    renameSync(`${folder}.moving`, target);
    rmSync(`${folder}.moving`, { recursive: true, force: true });
  }
}

function applyTo(file: string, { edits }: TextDocumentEdit): void {
  const lines = readFileSync(file, 'utf8').split('\n');
  const ordered = [...edits].sort((a, b) => b.range.start.line - a.range.start.line || b.range.start.character - a.range.start.character);
  for (const edit of ordered) {
    const { start, end } = edit.range;
    const line = lines[start.line] ?? '';
    assert.equal(start.line, end.line);
    lines[start.line] = line.slice(0, start.character) + ('newText' in edit ? edit.newText : '') + line.slice(end.character);
  }
  writeFileSync(file, lines.join('\n'));
}
