/** A document that is typed into says the same as one that is scanned whole. */
import assert from 'node:assert/strict';
import { scanHtml } from '../../../server/src/scan/html.ts';
import { scanMarkdown } from '../../../server/src/scan/markdown.ts';
import { followEdits } from '../../../server/src/service/followEdits.ts';

describe('following the edits of a document', () => {
  const versions = [
    '',
    '# T',
    '# T\n\n[a](b.md)',
    '# T\n\n[a](b.md) [r]\n\n[r]: https://example.com/',
    '# T\n\n[r]\n\n[r]: https://example.com/',
    '[r]',
  ];

  it('gives what a whole scan gives, version after version', () => {
    const scan = followEdits();
    for (const text of versions) assert.deepEqual(scan('markdown', text, {}), scanMarkdown(text), JSON.stringify(text));
  });

  it('gives the same again for the same text', () => {
    const scan = followEdits();
    assert.deepEqual(scan('html', '<a href=x>y</a>', {}), scan('html', '<a href=x>y</a>', {}));
  });

  it('begins anew with another language or address', () => {
    const scan = followEdits();
    const text = '<a href="x">y</a>';
    scan('markdown', text, {});
    assert.deepEqual(scan('html', text, {}), scanHtml(text));
    const url = 'https://example.com/d/';
    assert.deepEqual(scan('html', text, { url }), scanHtml(text, { url }));
  });
});
