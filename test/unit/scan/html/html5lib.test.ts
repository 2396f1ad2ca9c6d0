/** The tokenizer against the html5lib cases: tags, attributes and text. Comments and doctypes are passed over by the scanner. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ATTRIBUTE_TEXT, TagAttributes } from '../../../../server/src/scan/html/attributes.ts';
import { rcdataElements } from '../../../../server/src/scan/html/elements.ts';
import { HtmlScanner, type TagSink } from '../../../../server/src/scan/html/scanner.ts';
import { decodeText, decodeValue } from '../../../../server/src/scan/html/value.ts';
import { itWithData } from '../../../support/data.ts';

type Token = string | readonly ['StartTag' | 'EndTag' | 'Character' | 'Comment' | 'DOCTYPE', ...unknown[]];

interface Case {
  readonly description: string;
  readonly input: string;
  readonly output: readonly Token[];
  readonly initialStates?: readonly string[];
  readonly lastStartTag?: string;
  readonly doubleEscaped?: boolean;
}

/** Keeps every attribute, not only those that matter to links. */
class AllAttributes extends TagAttributes {
  readonly values: Record<string, string> = {};
  private text = '';

  override read(text: string, from: number): number {
    this.text = text;
    for (const name of Object.keys(this.values)) delete this.values[name];
    return super.read(text, from);
  }

  protected override keep(text: string, nameStart: number, nameEnd: number, hash: number, start: number, end: number): void {
    this.record(lowerName(text.slice(nameStart, nameEnd)), text.slice(start, end));
    super.keep(text, nameStart, nameEnd, hash, start, end);
  }

  /** Some known names are read without `keep`. */
  protected override place(code: number, start: number, end: number): void {
    this.record(ATTRIBUTE_TEXT[code] ?? '', this.text.slice(start, end));
    super.place(code, start, end);
  }

  private record(name: string, raw: string): void {
    if (Object.hasOwn(this.values, name)) return;
    Object.defineProperty(this.values, name, { value: decodeValue(raw), enumerable: true, configurable: true });
  }
}

/** Writes down what the scanner reports, in the form of the cases. */
class Recorder implements TagSink {
  readonly wantsText = true;
  readonly tokens: unknown[] = [];
  private readonly text: string;
  private readonly attributes: AllAttributes;

  constructor(text: string, attributes: AllAttributes) {
    this.text = text;
    this.attributes = attributes;
  }

  addText(start: number, end: number, literal: boolean): void {
    const raw = this.text.slice(start, end);
    this.characters(literal ? plain(raw) : decodeText(raw));
  }

  startTag(_element: number, _tagStart: number, nameStart: number, nameEnd: number, attributes: TagAttributes): void {
    if (!attributes.complete) return;
    const token: unknown[] = ['StartTag', lowerName(this.text.slice(nameStart, nameEnd)), { ...this.attributes.values }];
    this.tokens.push(attributes.selfClosing ? [...token, true] : token);
  }

  /** None is taken: the cases are about tags. */
  plainLink(tagStart: number): number {
    return tagStart;
  }

  endTag(_element: number, nameStart: number, nameEnd: number): void {
    this.tokens.push(['EndTag', lowerName(this.text.slice(nameStart, nameEnd))]);
  }

  rawContent(element: number, start: number, end: number): void {
    const raw = this.text.slice(start, end);
    this.characters(rcdataElements.has(element) ? decodeText(raw) : plain(raw));
  }

  characters(text: string): void {
    const last = this.tokens.at(-1);
    if (text === '') return;
    if (Array.isArray(last) && last[0] === 'Character') last[1] += text;
    else this.tokens.push(['Character', text]);
  }
}

/** The start tag that brings the tokenizer into a state. */
const PREFIX: Readonly<Record<string, string>> = {
  'Data state': '',
  'PLAINTEXT state': '<plaintext>',
  'RCDATA state': '<textarea>',
  'RAWTEXT state': '<xmp>',
  'Script data state': '<script>',
  'CDATA section state': '<svg><![CDATA[',
};

function run(input: string, prefix: string): unknown[] {
  const text = prefix + input;
  const attributes = new AllAttributes();
  const recorder = new Recorder(text, attributes);
  new HtmlScanner(text, recorder, attributes).run(0, Number.POSITIVE_INFINITY);
  return prefix === '' ? recorder.tokens : recorder.tokens.slice(1);
}

/** Tags and joined text; the data state passes NUL on, which the scanner always replaces. */
function expected(output: readonly Token[]): unknown[] {
  const tokens: unknown[] = [];
  for (const token of output) {
    if (typeof token === 'string' || token[0] === 'DOCTYPE' || token[0] === 'Comment') continue;
    const last = tokens.at(-1);
    if (token[0] !== 'Character') tokens.push(token);
    else if (Array.isArray(last) && last[0] === 'Character') last[1] += String(token[1]).replaceAll('\0', '\uFFFD');
    else tokens.push(['Character', String(token[1]).replaceAll('\0', '\uFFFD')]);
  }
  return tokens;
}

const plain = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
const lowerName = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll('\0', '\uFFFD');
const unescapeTwice = (text: string) => text.replace(/\\u([0-9a-fA-F]{4})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

function unescapeDeep(value: unknown): unknown {
  if (typeof value === 'string') return unescapeTwice(value);
  if (Array.isArray(value)) return value.map(unescapeDeep);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [unescapeTwice(key), unescapeDeep(inner)]));
}

function prefixOf(state: string, lastStartTag: string | undefined): string {
  return lastStartTag === undefined || state === 'Data state' || state.startsWith('CDATA') ? (PREFIX[state] ?? '') : `<${lastStartTag}>`;
}

describe('html5lib tokenizer cases', () => {
  itWithData('gives the tags, attributes and text of every case', 'conformance/html5lib-tokenizer', (folder) => {
    let count = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.test'))) {
      const content = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { tests?: Case[] };
      for (const test of content.tests ?? []) {
        for (const state of test.initialStates ?? ['Data state']) {
          const { input, output, lastStartTag } = prepared(test, state);
          assert.deepEqual(run(input, prefixOf(state, lastStartTag)), expected(output), `${file}: ${test.description} (${state})`);
          count++;
        }
      }
    }
    console.log(`      ${count} cases, 0 differences`);
    assert.ok(count > 6_000);
  });
});

/** A case as it can be run: escapes undone, and `xmp`, which no start tag makes RCDATA, called `textarea`. */
function prepared(test: Case, state: string): Pick<Case, 'input' | 'output' | 'lastStartTag'> {
  const plainCase = test.doubleEscaped === true ? (unescapeDeep(test) as Case) : test;
  if (state !== 'RCDATA state' || test.lastStartTag !== 'xmp') return plainCase;
  return JSON.parse(JSON.stringify(plainCase).replace(/xmp/gi, 'textarea')) as Case;
}

describe('tokenizer', () => {
  const CASES: readonly (readonly [string, unknown[]])[] = [
    ['<a b=c d>', [['StartTag', 'a', { b: 'c', d: '' }]]],
    ['<a b="1" B=2 =x=y>', [['StartTag', 'a', { b: '1', '=x': 'y' }]]],
    ['<a b=c/>', [['StartTag', 'a', { b: 'c/' }]]],
    ['<a b=">"/>', [['StartTag', 'a', { b: '>' }, true]]],
    ['x<!-- > --!>y', [['Character', 'xy']]],
    ['x<!-->y<!--->z', [['Character', 'xyz']]],
    ['<!-- <!-->y', [['Character', 'y']]],
    ['</ x>a</>b<?c>d<!e>f', [['Character', 'abdf']]],
    ['<3 <', [['Character', '<3 <']]],
    [
      '<title>&lt;a></titlex></title >t',
      [
        ['StartTag', 'title', {}],
        ['Character', '<a></titlex>'],
        ['EndTag', 'title'],
        ['Character', 't'],
      ],
    ],
    ['<svg><title><b></title><style><i></style>', ['svg', 'title', 'b', '/title', 'style', 'i', '/style']],
    ['<svg/><style><i></style>', ['svg', 'style', '<i>', '/style']],
    [
      '<svg><foreignObject><style><i></style></foreignObject><style><i>',
      ['svg', 'foreignobject', 'style', '<i>', '/style', '/foreignobject', 'style', 'i'],
    ],
    ['<svg><p><style><i>', ['svg', 'p', 'style', '<i>']],
    ['<math><mi><style><i></style></mi><style><i>', ['math', 'mi', 'style', '<i>', '/style', '/mi', 'style', 'i']],
    ['<svg><![CDATA[<i>]]><b>', ['svg', '<i>', 'b']],
    ['<![CDATA[<i>]]><b>', [']]>', 'b']],
    ['<script><!--<script></script>--></script>x', ['script', '<!--<script></script>-->', '/script', 'x']],
    ['<script><!--</script>x', ['script', '<!--', '/script', 'x']],
    ['<script><!--><script></script>x', ['script', '<!--><script>', '/script', 'x']],
    ['<plaintext><a></plaintext>', ['plaintext', '<a></plaintext>']],
    ['<noscript><a></noscript>', ['noscript', 'a', '/noscript']],
    ['<iframe><a></iframe>', ['iframe', '<a>', '/iframe']],
    ['<a b', []],
  ];
  for (const [input, tokens] of CASES) {
    it(input, () => {
      const actual = run(input, '') as (readonly unknown[])[];
      const short = actual.map(([kind, value]) => (kind === 'EndTag' ? `/${String(value)}` : value));
      assert.deepEqual(typeof tokens[0] === 'string' ? short : actual, tokens);
    });
  }
});
