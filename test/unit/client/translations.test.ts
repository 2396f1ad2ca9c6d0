/** Every sentence of the client has a German one, and the manifest's sentences are complete in both languages. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RULES } from '../../../shared/rules.ts';

const root = path.join(import.meta.dirname, '../../..');
const readJson = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, string>;

/** Where the page of the HTTP service lives: a browser's, not the editor's, with words of its own. */
const PAGE = 'browser';

/**
 * The first argument of every call of `t`.
 *
 * @param ofPage those of the page alone, or those of the rest
 */
function sentences(ofPage = false): Set<string> {
  const found = new Set<string>(ofPage ? [] : RULES.map((rule) => rule.title));
  const folder = path.join(root, 'client/src');
  for (const file of readdirSync(folder, { recursive: true }).map(String)) {
    if (!file.endsWith('.ts') || (file.split(path.sep)[0] === PAGE) !== ofPage) continue;
    const text = readFileSync(path.join(folder, file), 'utf8');
    for (const [, single, double] of text.matchAll(/\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g)) {
      found.add((single ?? double ?? '').replace(/\\(.)/g, '$1'));
    }
  }
  return found;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\d+\}/g)].map(([found]) => found).sort();
}

describe('translations of the client', () => {
  for (const language of ['de']) {
    const bundle = readJson(`l10n/bundle.l10n.${language}.json`);

    it(`has every sentence in ${language}, and none that is not said`, () => {
      const said = sentences();
      assert.ok(said.size > 100, `${said.size} sentences found`);
      assert.deepEqual(
        [...said].filter((sentence) => bundle[sentence] === undefined || bundle[sentence] === ''),
        [],
        'missing',
      );
      assert.deepEqual(
        Object.keys(bundle).filter((sentence) => !said.has(sentence)),
        [],
        'not said any more',
      );
    });

    it(`offers translators exactly the sentences that ${language} has`, () => {
      const template = readJson('l10n/bundle.l10n.json');
      assert.deepEqual(template, Object.fromEntries(Object.keys(bundle).map((sentence) => [sentence, sentence])));
    });

    it(`keeps the placeholders in ${language}`, () => {
      for (const [english, translated] of Object.entries(bundle)) assert.deepEqual(placeholders(translated), placeholders(english), english);
    });
  }
});

describe('translations of the page of the HTTP service', () => {
  const editor = readJson('l10n/bundle.l10n.de.json');
  const own = readJson('l10n/page.de.json');
  const said = sentences(true);

  it('has every sentence in German, its own or the one that the editor says, too', () => {
    assert.ok(said.size > 100, `${said.size} sentences found`);
    assert.deepEqual(
      [...said].filter((sentence) => !own[sentence] && !editor[sentence]),
      [],
    );
  });

  it('keeps none that is not said, or that the editor has', () => {
    assert.deepEqual(
      Object.keys(own).filter((sentence) => !said.has(sentence) || editor[sentence] !== undefined),
      [],
    );
  });

  it('keeps the placeholders', () => {
    for (const [english, german] of Object.entries(own)) assert.deepEqual(placeholders(german), placeholders(english), english);
  });
});

describe('sentences of the manifest', () => {
  const manifest = readFileSync(path.join(root, 'package.json'), 'utf8');
  const named = new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, name]) => name ?? ''));
  const english = readJson('package.nls.json');

  for (const file of ['package.nls.json', 'package.nls.de.json']) {
    it(`${file} has exactly those that the manifest names`, () => {
      assert.deepEqual(Object.keys(readJson(file)).sort(), [...named].sort());
    });
  }

  it('links the same commands and settings in German', () => {
    const references = (text: string) => [...text.matchAll(/command:[\w.]+|`#[\w.]+#`/g)].map(([found]) => found).sort();
    const german = readJson('package.nls.de.json');
    for (const [name, sentence] of Object.entries(english)) assert.deepEqual(references(german[name] ?? ''), references(sentence), name);
  });
});
