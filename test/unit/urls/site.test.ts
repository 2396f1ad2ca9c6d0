import assert from 'node:assert/strict';
import { fileUrl, folderUrl } from '../../../server/src/urls/site.ts';

describe('a folder on the web', () => {
  for (const [text, url] of [
    ['https://docs.example.com', 'https://docs.example.com/'],
    ['https://docs.example.com/v2', 'https://docs.example.com/v2/'],
    [' HTTP://Docs.Example.com/v2/?a=1#b ', 'http://docs.example.com/v2/'],
    ['docs.example.com', null],
    ['ftp://docs.example.com/', null],
    ['', null],
  ] as const)
    it(`${JSON.stringify(text)} is ${url}`, () => assert.equal(folderUrl(text), url));

  for (const [file, url] of [
    ['a.md', 'https://docs.example.com/v2/a.md'],
    ['sub/100% #1?.html', 'https://docs.example.com/v2/sub/100%25%20%231%3F.html'],
    ['//evil.com/x', 'https://docs.example.com/v2///evil.com/x'],
    ['javascript:x', 'https://docs.example.com/v2/javascript%3Ax'],
    ['lone\uD800.md', 'https://docs.example.com/v2/lone%EF%BF%BD.md'],
    ['größe.md', 'https://docs.example.com/v2/gr%C3%B6%C3%9Fe.md'],
  ] as const)
    it(`has ${JSON.stringify(file)}`, () => assert.equal(fileUrl(file, 'https://docs.example.com/v2/'), url));
});
