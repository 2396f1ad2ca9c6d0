/** The service as a library: what a document sets going, who is told of what, and answers without waiting. */
import assert from 'node:assert/strict';
import { type BacklinkService, createBacklinkService, type ServiceChange } from '../../../server/src/service.ts';
import { systemClock } from '../../../server/src/util/clock.ts';
import { silentLog } from '../../../server/src/util/log.ts';
import { createWorkspace } from '../../../server/src/workspace/folderWorkspace.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { makeFolder, type TestFolder } from '../../support/folders.ts';
import { fresh, summary } from '../features/samples.ts';
import { type FakeFacts, fakeFacts } from './fakeFacts.ts';

const { signal } = new AbortController();
const URI = 'file:///w/a.md';

describe('the service', () => {
  let facts: FakeFacts;
  let service: BacklinkService;
  let settings: Settings;
  let changes: ServiceChange[];
  let folder: TestFolder | null;

  async function make(given: Partial<Settings> = {}, files: Readonly<Record<string, string>> | null = null): Promise<void> {
    settings = { ...DEFAULT_SETTINGS, ...given };
    facts = fakeFacts();
    changes = [];
    folder = files === null ? null : await makeFolder(files);
    const parts = { settings: () => settings, log: silentLog };
    const workspace = createWorkspace(folder === null ? [] : [folder.uri], { ...parts, clock: systemClock });
    await workspace.whenReady(signal);
    service = createBacklinkService({ ...parts, facts, workspace, clock: () => 0, locale: 'en', commandLinks: true });
    service.onDidChange((change) => changes.push(change));
  }

  function set(text: string, version = 1, languageId = 'markdown', uri = URI): void {
    service.setDocument({ uri, languageId, version, text });
  }

  const wantedIds = () => facts.wanted.map(({ ids }) => ids);

  afterEach(async () => {
    await service.close();
    await folder?.remove();
  });

  it('wants pages before domains, each once, and only what is new after an edit', async () => {
    await make();
    set('[a](https://one.net/x) [b](https://one.net/y) [again](http://www.one.net/x#z)');
    assert.equal(facts.wanted.length, 0);
    service.settle(URI);
    set('[a](https://one.net/x) [c](https://two.net/)', 2);
    service.settle(URI);
    service.settle(URI);
    assert.deepEqual(wantedIds(), [
      ['page:one.net/x', 'page:one.net/y', 'domain:one.net'],
      ['page:two.net/', 'domain:two.net'],
    ]);
    assert.deepEqual(
      facts.wanted.map(({ options }) => [options.priority, options.asked]),
      [
        ['document', false],
        ['document', false],
      ],
    );
  });

  it('stops wanting when the document is closed', async () => {
    await make();
    set('[a](https://one.net/x)');
    service.settle(URI);
    assert.equal(facts.wanted[0]?.options.signal.aborted, false);
    service.closeDocument(URI);
    assert.equal(facts.wanted[0]?.options.signal.aborted, true);
    assert.deepEqual([service.hover(URI, { line: 0, character: 6 }), service.diagnostics(URI), service.documentFacts(URI)], [null, [], null]);
  });

  const LOOKED_UP: readonly [language: string, text: string, ids: readonly string[]][] = [
    ['html', '<a href="https://a.net/1">x</a><map><area href="https://a.net/2"></map>', ['page:a.net/1', 'page:a.net/2', 'domain:a.net']],
    [
      'html',
      '<img src="https://a.net/1"><script src="https://a.net/2"></script><link rel=icon href="https://a.net/3"><iframe src="https://a.net/4"></iframe>',
      [],
    ],
    ['markdown', '![x](https://a.net/1) <https://a.net/2>\n\n[d]: https://a.net/3', ['page:a.net/2', 'page:a.net/3', 'domain:a.net']],
    ['markdown', '[m](mailto:a@b.c) [r](other.md) [j](javascript:x)', []],
  ];
  for (const [language, text, ids] of LOOKED_UP) {
    it(`looks up what readers follow: ${text.slice(0, 60)}`, async () => {
      await make();
      set(text, 1, language);
      service.settle(URI);
      assert.deepEqual(wantedIds().flat(), ids);
    });
  }

  it('looks up resources where a setting says so', async () => {
    await make({ lookUpResources: true });
    set('<img src="https://a.net/1"><iframe src="https://a.net/4"></iframe>', 1, 'html');
    service.settle(URI);
    assert.deepEqual(wantedIds().flat(), ['page:a.net/1', 'page:a.net/4', 'domain:a.net']);
  });

  it('reads further languages as the setting says, template tags skipped', async () => {
    await make({ languages: { vue: 'html' } });
    set('<a :href="x">no</a><a href="https://a.net/{{ id }}">no</a><a href="https://a.net/1">yes</a>', 1, 'vue');
    assert.deepEqual(
      service.documentFacts(URI)?.links.map(({ url }) => url),
      ['https://a.net/1'],
    );
  });

  it('neither wants nor reports what a pattern ignores, until it is taken out', async () => {
    await make({ ignore: ['one.net'], rules: { ...DEFAULT_SETTINGS.rules, 'no-backlinks': 'hint' } });
    facts.set('page:one.net/x', fresh(summary({ backlinks: 0 })));
    set('[a](https://one.net/x)');
    service.settle(URI);
    assert.deepEqual([wantedIds(), service.diagnostics(URI)], [[], []]);
    settings = { ...settings, ignore: [] };
    service.settingsChanged();
    assert.deepEqual([wantedIds().length, service.diagnostics(URI).length], [1, 1]);
  });

  it('answers a hover in the same tick and wants its link first', async () => {
    await make();
    set('[a](https://one.net/x)');
    facts.set('page:one.net/x', fresh(summary({ backlinks: 7 })));
    const hover = service.hover(URI, { line: 0, character: 6 });
    assert.match(JSON.stringify(hover?.contents), /\| 7 \|/);
    assert.deepEqual(hover?.range, { start: { line: 0, character: 4 }, end: { line: 0, character: 21 } });
    assert.deepEqual(
      facts.wanted.map(({ options }) => [options.priority, options.asked]),
      [['hovered', false]],
    );
  });

  it('takes the innermost of nested links', async () => {
    await make({ lookUpResources: true });
    const text = '[![badge](https://img.net/x.svg)](https://one.net/x)';
    set(text);
    assert.match(JSON.stringify(service.hover(URI, { line: 0, character: text.indexOf('img.net') })), /img/);
    assert.match(JSON.stringify(service.hover(URI, { line: 0, character: text.indexOf('one.net') })), /one/);
  });

  it('tells only the documents that a fact is about', async () => {
    await make();
    set('[a](https://one.net/x)');
    set('[b](https://two.net/x)', 1, 'markdown', 'file:///w/b.md');
    changes.length = 0;
    facts.set('domain:two.net', fresh(summary()));
    facts.set('page:three.net/', fresh(summary()));
    assert.deepEqual(
      changes.map(({ uris, cause }) => [uris, cause]),
      [
        [['file:///w/b.md'], 'knowledge'],
        [[], 'status'],
      ],
    );
  });

  it('looks up on demand, a document or a part of it', async () => {
    await make();
    set('[a](https://one.net/x)\n[b](https://two.net/x)');
    const range = { start: { line: 1, character: 5 }, end: { line: 1, character: 5 } };
    assert.deepEqual(await service.lookUp(URI, { range, visible: [] }, signal), { asked: 2 });
    assert.deepEqual(await service.lookUp(URI, { range: null, visible: [] }, signal), { asked: 4 });
    assert.deepEqual(await service.lookUp('file:///w/none.md', { range: null, visible: [] }, signal), { asked: 0 });
    assert.ok(facts.wanted.every(({ options }) => options.asked));
  });

  it('asks first for the links that are on the screen', async () => {
    await make();
    set('[a](https://one.net/x)\n[b](https://two.net/x)\n[c](https://three.net/x)');
    const before = facts.wanted.length;
    const visible = [{ start: { line: 1, character: 0 }, end: { line: 1, character: 22 } }];
    assert.deepEqual(await service.lookUp(URI, { range: null, visible }, signal), { asked: 6 });
    assert.deepEqual(
      facts.wanted.slice(before).map(({ ids, options }) => [options.priority, ids]),
      [
        ['visible', ['page:two.net/x', 'domain:two.net']],
        ['document', ['page:one.net/x', 'page:two.net/x', 'page:three.net/x', 'domain:one.net', 'domain:two.net', 'domain:three.net']],
      ],
    );
  });

  it('reports on files of the folder, asks in batches, and says what could not be read', async () => {
    await make(
      { rules: { ...DEFAULT_SETTINGS.rules, 'broken-internal': 'warning' } },
      { 'a.md': '[x](https://one.net/x) [gone](gone.md)', 'b.html': '<a href="https://one.net/x">x</a>' },
    );
    assert.ok(folder);
    facts.set('page:one.net/x', fresh(summary({ backlinks: 3 })));
    const steps: string[] = [];
    const uris = ['a.md', 'b.html', 'nowhere.md'].map((file) => folder?.uriOf(file) ?? '');
    const report = await service.report(
      { kind: 'files', uris, title: 'docs' },
      (done, total, message) => steps.push(`${done}/${total} ${message}`),
      signal,
    );
    assert.deepEqual([report.title, report.files, report.links, report.targets.length], ['docs', 3, 3, 1]);
    assert.deepEqual(
      report.targets[0]?.uses.map(({ file, line, character }) => [file, line, character]),
      [
        ['a.md', 0, 4],
        ['b.html', 0, 9],
      ],
    );
    assert.deepEqual(
      report.findings.map(({ rule, severity }) => [rule, severity]),
      [['broken-internal', 'warning']],
    );
    assert.deepEqual(
      report.problems.map(({ file, code }) => [file, code]),
      [['nowhere.md', 'input.unreadable']],
    );
    assert.deepEqual(steps, ['0/3 Reading a.md', '1/3 Reading b.html', '2/3 Reading nowhere.md', '0/2 Looking up 2 targets']);
    assert.deepEqual(
      facts.wanted.map(({ options }) => [options.priority, options.asked]),
      [['workspace', true]],
    );
    await assert.rejects(
      service.report({ kind: 'files', uris, title: '' }, () => {}, AbortSignal.abort()),
      { name: 'AbortError' },
    );
  });

  it('counts what is known in the status, and names a document that is too large', async () => {
    await make({ maxDocumentSize: 0.001 });
    set('[a](https://one.net/x)');
    facts.set('page:one.net/x', { state: 'pending', last: null });
    assert.deepEqual([service.status().state, service.status().known, service.status().total], ['looking-up', 0, 2]);
    set('x'.repeat(1_001), 1, 'markdown', 'file:///w/b.md');
    assert.equal(service.status().state, 'too-large');
    // Bytes are counted, not characters.
    set('ü'.repeat(501), 2, 'markdown', 'file:///w/b.md');
    assert.notEqual(service.documentFacts('file:///w/b.md')?.problem, null);
    set('ü'.repeat(500), 3, 'markdown', 'file:///w/b.md');
    assert.equal(service.documentFacts('file:///w/b.md')?.problem, null);
  });

  it('speaks of an orphan page, but not of the start page', async () => {
    await make({ rules: { ...DEFAULT_SETTINGS.rules, 'orphan-page': 'information' } }, { 'index.md': '', 'alone.md': '' });
    for (const file of ['index.md', 'alone.md']) set('', 1, 'markdown', folder?.uriOf(file));
    assert.deepEqual(
      ['index.md', 'alone.md'].map((file) => service.diagnostics(folder?.uriOf(file) ?? '').map(({ code }) => code)),
      [[], ['orphan-page']],
    );
  });

  it('replaces a URL only where one stands now', async () => {
    await make();
    facts.set('page:one.net/x', fresh(summary({ redirectsTo: { url: 'https://one.net/new', status: 301, on: null } })));
    set('[a](https://one.net/x)');
    const diagnostics = service.diagnostics(URI);
    const range = diagnostics[0]?.range;
    assert.ok(range);
    assert.equal(service.codeActions(URI, range, diagnostics)[0]?.edit?.changes?.[URI]?.[0]?.newText, 'https://one.net/new');
    set('moved [a](https://one.net/x)', 2);
    assert.equal(service.codeActions(URI, range, diagnostics)[0]?.edit, undefined);
    assert.deepEqual(service.codeActions(URI, { start: { line: 9, character: 0 }, end: { line: 9, character: 0 } }, diagnostics), []);
  });
});
