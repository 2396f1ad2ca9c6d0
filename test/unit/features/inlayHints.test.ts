/** Strength after the link: which number, where it stands, and where there is none. */
import assert from 'node:assert/strict';
import { createInlayHints } from '../../../server/src/features/inlayHints.ts';
import { SCANNERS } from '../../../server/src/scan/scanners.ts';
import { lineIndex } from '../../../server/src/util/lineIndex.ts';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import { fresh, knownLink, NOW, summary } from './samples.ts';

const UNKNOWN: Known<Summary> = { state: 'unknown' };
const DOMAIN = summary({ target: { kind: 'domain', name: 'example.org', id: 'domain:example.org' } });

function hints(
  kind: 'html' | 'markdown',
  text: string,
  page: Known<Summary>,
  domain: Known<Summary> = UNKNOWN,
  lines: readonly [number, number] = [0, 99],
) {
  const at = lineIndex(text);
  const links = SCANNERS[kind](text, { wikiLinks: true }).links.map((link) => {
    const range = { start: at(link.span.start), end: at(link.span.end) };
    return { ...knownLink({ link, page, domain }), link, range };
  });
  const within = { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  return createInlayHints({ links, text, within, locale: 'en', positionAt: at });
}

/** The text with each hint in braces where it stands. */
function drawn(kind: 'html' | 'markdown', text: string): string {
  const lines = text.split('\n');
  for (const { position, label } of hints(kind, text, fresh(summary())).reverse()) {
    const line = lines[position.line] ?? '';
    lines[position.line] = `${line.slice(0, position.character)}{${typeof label === 'string' ? label : ''}}${line.slice(position.character)}`;
  }
  return lines.join('\n');
}

describe('inlay hints', () => {
  const PLACES: readonly [kind: 'html' | 'markdown', text: string][] = [
    ['markdown', 'a [b](https://x.org "t"){6.2}, c'],
    ['markdown', '<https://x.org>{6.2} https://y.org{6.2} z'],
    ['markdown', '[a][r]{6.2} and [r]{6.2}\n\n[r]: https://x.org'],
    ['markdown', '[a](https://x.org\n"t")'],
    ['html', '<a href="https://x.org">the <b>guide</b></a>{6.2}.'],
    ['html', '<a href="https://x.org">{6.2}\nthe guide</a>'],
    ['html', '<a href="https://x.org">{6.2}a<a href="https://y.org">b</a>{6.2}'],
  ];
  for (const [kind, text] of PLACES) {
    it(`stand after the link: ${JSON.stringify(text)}`, () => {
      const bare = text.replaceAll('{6.2}', '');
      const expected = text.includes('{') ? text : text.replace('org\n', 'org{6.2}\n');
      assert.equal(drawn(kind, bare), expected);
    });
  }

  const LABELS: readonly [name: string, page: Known<Summary>, domain: Known<Summary>, label: string | undefined][] = [
    ['the page’s', fresh(summary()), fresh(DOMAIN), '6.2'],
    [
      'of before',
      { state: 'failed', reason: 'offline', code: 'x', message: 'x', retryAt: null, last: { value: summary(), at: NOW } },
      UNKNOWN,
      '6.2',
    ],
    ['a vendor’s under its own name', fresh(summary({ strength: { basis: 'vendor', value: 31, name: 'UR', scale: 100 } })), UNKNOWN, 'UR 31'],
    ['its domain’s under that name', fresh(summary({ strength: null })), fresh(DOMAIN), 'example.org 6.2'],
    ['zero is a strength', fresh(summary({ strength: { basis: 'index', value: 0, population: 9 } })), UNKNOWN, '0.0'],
    ['none while unknown', UNKNOWN, UNKNOWN, undefined],
    ['none while pending', { state: 'pending', last: null }, UNKNOWN, undefined],
    ['none where there is no strength', fresh(summary({ strength: null })), UNKNOWN, undefined],
  ];
  for (const [name, page, domain, label] of LABELS) {
    it(`say: ${name}`, () => assert.equal(hints('markdown', '[a](https://x.org)', page, domain)[0]?.label, label));
  }

  it('say what the number is measured in', () => {
    assert.equal(hints('markdown', '[a](https://x.org)', fresh(summary()))[0]?.tooltip, 'Strength: in this index of 1,204,331 known pages');
  });

  it('keep to the part that is shown', () => {
    const text = Array.from({ length: 10 }, () => '[a](https://x.org)').join('\n');
    assert.deepEqual(
      hints('markdown', text, fresh(summary()), UNKNOWN, [3, 5]).map(({ position }) => position.line),
      [3, 4, 5],
    );
  });
});
