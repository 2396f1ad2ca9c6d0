/** HTML in pieces of another document: offsets of the whole, links across pieces, nothing read beyond a piece. */
import assert from 'node:assert/strict';
import { LinkDrafts } from '../../../../server/src/scan/drafts.ts';
import { HtmlFragments, scanHtmlFragment } from '../../../../server/src/scan/html/fragment.ts';
import { finishLinks } from '../../../../server/src/scan/numbering.ts';

describe('HTML fragments', () => {
  it('give offsets of the whole document', () => {
    const text = 'Text <a href="/x">one</a> <b>two</b>';
    const drafts = new LinkDrafts();
    scanHtmlFragment(text, 5, 25, drafts);
    const [link] = finishLinks(drafts, 'https://site.example/');
    assert.ok(link);
    assert.equal(text.slice(link.span.start, link.span.end), '/x');
    assert.deepEqual([link.resolved, link.text, link.position], ['https://site.example/x', 'one', 1]);
  });

  it('carry a link from one to the next, with the words and images between', () => {
    const text = '<a href="/x">~</a><a href="/y">~</a>';
    const drafts = new LinkDrafts();
    const fragments = new HtmlFragments(text, drafts);
    fragments.scan(0, 13);
    assert.ok(fragments.inLink);
    fragments.addWords('some ');
    fragments.addWords('words');
    fragments.scan(14, 18);
    assert.ok(!fragments.inLink);
    fragments.addWords('no link');
    fragments.scan(18, 31);
    fragments.addImage('A picture');
    fragments.closeLink();
    assert.deepEqual(
      finishLinks(drafts, undefined).map((link) => [link.text, link.tag, link.span.start]),
      [
        ['some words', 'a', 9],
        ['A picture', 'aimg', 27],
      ],
    );
  });

  it('read nothing beyond their end, and forget what they left open', () => {
    const text = '<svg><!-- <a href="/no">--></svg><a href="/x">';
    const drafts = new LinkDrafts();
    const fragments = new HtmlFragments(text, drafts);
    fragments.scan(0, 10);
    fragments.scan(33, text.length);
    assert.deepEqual(
      drafts.links.map((link) => link.url),
      ['/x'],
    );
    fragments.scan(0, 0);
    assert.equal(fragments.base, null);
  });

  it('number links of one owner once, in the order of the document', () => {
    const drafts = new LinkDrafts();
    const fragments = new HtmlFragments('<a href="/2" onclick="location=\'/3\'"><a href="/1">', drafts);
    fragments.scan(0, 50);
    assert.deepEqual(
      finishLinks(drafts, 'https://site.example/').map((link) => [link.url, link.position]),
      [
        ['/2', 1],
        ['/3', null],
        ['/1', 2],
      ],
    );
  });
});
