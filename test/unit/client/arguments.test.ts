/** Command links and the report page carry text from documents: only what the commands take gets through. */
import assert from 'node:assert/strict';
import {
  addressProblem,
  readIgnore,
  readIndexOrder,
  readInspect,
  readLookUp,
  readReportScope,
  readSetKey,
  readShowBacklinks,
} from '../../../client/src/commands/arguments.ts';
import { readFromPage } from '../../../client/src/report/messages.ts';

const target = { kind: 'page', name: 'https://site.test/a', id: 'page:site.test/a' };
const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 9 } };
const HOSTILE = [undefined, null, 0, '', 'text', [], {}, { uri: 5 }, { target: 'x' }, { kind: 'x' }, { type: 'x' }, { range: {} }];

describe('arguments of commands', () => {
  const readers = { readShowBacklinks, readLookUp, readInspect, readSetKey, readIgnore, readReportScope, readIndexOrder, readFromPage };
  for (const [name, read] of Object.entries(readers)) {
    it(`${name} takes nothing unexpected`, () => {
      for (const value of HOSTILE) assert.equal(read(value), null, JSON.stringify(value));
    });
  }

  const accepted: [string, (value: unknown) => unknown, unknown][] = [
    ['rows of a target', readShowBacklinks, { target }],
    ['pages of the folder', readShowBacklinks, { uri: 'file:///a.md' }],
    ['a document', readLookUp, { uri: 'file:///a.md' }],
    ['a link', readLookUp, { uri: 'file:///a.md', range }],
    ['an address', readInspect, { text: 'site.test' }],
    ['a source', readSetKey, { source: 'searchmetrics' }],
    ['a pattern to add', readIgnore, { uri: 'file:///a.md', kind: 'add', pattern: '**/a/**' }],
    ['a pattern to remove', readIgnore, { uri: 'file:///a.md', kind: 'remove', pattern: '**/a/**' }],
    ['a rule', readIgnore, { uri: 'file:///a.md', kind: 'rule', rule: 'weak-target' }],
    ['a report on a document', readReportScope, { kind: 'document', uri: 'file:///a.md' }],
    ['a report on the workspace', readReportScope, { kind: 'workspace' }],
    ['a report on a target', readReportScope, { kind: 'target', text: 'site.test' }],
    ['an index of files', readIndexOrder, { out: '/a.db', addition: false, inputs: ['/a.warc'], baseUrl: undefined, crawl: undefined }],
    ['an index of a crawl', readIndexOrder, { out: '/a.db', addition: true, inputs: [], baseUrl: undefined, crawl: 'https://site.test/' }],
    ['a page that is ready', readFromPage, { type: 'ready' }],
    ['a page that has drawn', readFromPage, { type: 'drawn', targets: 3 }],
    ['a wish to open', readFromPage, { type: 'open', uri: 'file:///a.md', line: 0, character: 4 }],
    ['a wish to browse', readFromPage, { type: 'browse', url: 'https://site.test/' }],
    ['a wish for rows', readFromPage, { type: 'rows', target, offset: 250 }],
    ['a wish to save', readFromPage, { type: 'export' }],
  ];
  for (const [title, read, value] of accepted) it(`takes ${title}`, () => assert.deepEqual(read(value), value));

  const refused: [string, (value: unknown) => unknown, unknown][] = [
    ['an index of nothing', readIndexOrder, { out: '/a.db', inputs: [] }],
    ['an index without a place', readIndexOrder, { inputs: ['/a.warc'] }],
    ['an index of what are no paths', readIndexOrder, { out: '/a.db', inputs: [5] }],
    ['a rule that does not exist', readIgnore, { uri: 'file:///a.md', kind: 'rule', rule: 'no-such-rule' }],
    ['an empty pattern', readIgnore, { uri: 'file:///a.md', kind: 'add', pattern: '' }],
    ['a negative line', readLookUp, { uri: 'file:///a.md', range: { ...range, start: { line: -1, character: 0 } } }],
    ['a script to browse', readFromPage, { type: 'browse', url: 'javascript:alert(1)' }],
    ['a command to browse', readFromPage, { type: 'browse', url: 'command:workbench.action.quit' }],
    ['a broken offset', readFromPage, { type: 'rows', target, offset: 1.5 }],
  ];
  for (const [title, read, value] of refused) it(`refuses ${title}`, () => assert.equal(read(value), null));
});

describe('typed addresses', () => {
  const cases: [string, ReturnType<typeof addressProblem>][] = [
    ['example.com', null],
    ['blog.example.com', null],
    ['https://example.com/guide?x=1', null],
    ['example.com/docs/*', null],
    ['example.com:8080/a', null],
    ['//example.com/a', null],
    ['http://[::1]/a', null],
    ['localhost', null],
    ['münchen.de', null],
    ['  example.com  ', null],
    ['', 'empty'],
    ['   ', 'empty'],
    ['two words', 'spaces'],
    ['ftp://example.com/', 'scheme'],
    ['word', 'no-host'],
    ['https://', 'no-host'],
  ];
  for (const [text, problem] of cases) it(`${JSON.stringify(text)}: ${problem ?? 'fine'}`, () => assert.equal(addressProblem(text), problem));
});
