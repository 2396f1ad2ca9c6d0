/** Which encoding bytes are read in: a table of what may be declared where. */
import assert from 'node:assert/strict';
import { decodePage, decodeText } from '../../../server/src/util/decodeText.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

describe('decoding text', () => {
  const cases: readonly (readonly [what: string, bytes: Uint8Array, label: string | null, page: string, file: string])[] = [
    ['nothing', latin(''), null, '', ''],
    ['a byte order mark before every label', Buffer.from('\ufeffé', 'utf8'), 'iso-8859-1', 'é', 'é'],
    ['UTF-16 by its mark', Buffer.from('\ufeffé', 'utf16le'), null, 'é', 'é'],
    [
      'the label of the server before the page',
      latin('<meta charset=utf-8>\xe9'),
      'iso-8859-1',
      '<meta charset=utf-8>é',
      '<meta charset=utf-8>\ufffd',
    ],
    ['what the page says', latin("<meta charset='ISO-8859-1'>\xe9"), null, "<meta charset='ISO-8859-1'>é", "<meta charset='ISO-8859-1'>é"],
    [
      'no charset of a comment',
      Buffer.from('<!--<meta charset=koi8-r>-->é', 'utf8'),
      'utf-8',
      '<!--<meta charset=koi8-r>-->é',
      '<!--<meta charset=koi8-r>-->é',
    ],
    ['an unknown label as none', latin('\xe9'), 'x-nonsense', 'é', 'é'],
    [
      'UTF-16 in a page that could be read as UTF-8',
      Buffer.from('<meta charset=utf-16>é', 'utf8'),
      null,
      '<meta charset=utf-16>é',
      '<meta charset=utf-16>é',
    ],
    ['undeclared UTF-8: a file is tried, a page is not', Buffer.from('é', 'utf8'), null, 'Ã©', 'é'],
    ['undeclared bytes that are no UTF-8', latin('caf\xe9 \x80'), null, 'café €', 'café €'],
  ];
  for (const [what, bytes, label, page, file] of cases) {
    it(what, () => assert.deepEqual([decodePage(bytes, label), decodeText(bytes)], [page, file]));
  }
});
