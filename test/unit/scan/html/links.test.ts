/** What the links of a page are: their tag, role, text, rel, resolution and number. */
import assert from 'node:assert/strict';
import { scanHtml } from '../../../../server/src/scan/html.ts';
import type { Link, ScanOptions } from '../../../../server/src/scan/link.ts';

const PAGE = 'https://site.example/docs/page';
const links = (html: string, options: ScanOptions = { url: PAGE }) => scanHtml(html, options).links;
const only = (html: string, options?: ScanOptions): Link => {
  const [link, ...others] = links(html, options);
  assert.ok(link);
  assert.equal(others.length, 0);
  return link;
};

/** Markup, then every link as `position tag role element@attribute url`. */
const ELEMENTS: readonly (readonly [string, ...string[]])[] = [
  ['<a href="/x">', '1 a hyperlink a@href /x'],
  ['<a href="">', '1 a hyperlink a@href '],
  ['<a href=#top>', '1 a hyperlink a@href #top'],
  ['<a href="mailto:a@b.example">', '- a hyperlink a@href mailto:a@b.example'],
  ['<a href="http://[">', '- a hyperlink a@href http://['],
  ['<a name=x>'],
  ['<a href=x ping="/p  /q">', '1 a hyperlink a@href x', '- - resource a@ping /p', '- - resource a@ping /q'],
  ['<area href=x>', '1 area hyperlink area@href x'],
  ['<iframe src=x></iframe>', '1 iframe hyperlink iframe@src x'],
  ['<iframe src="">'],
  ['<iframe src="about:blank">', '- iframe hyperlink iframe@src about:blank'],
  ['<frame src=x longdesc=y>', '1 frame hyperlink frame@src x', '- - citation frame@longdesc y'],
  ['<form action=x>', '1 form hyperlink form@action x'],
  ['<form action="">'],
  ['<form>'],
  ['<form action="mailto:a@b.example">', '- form hyperlink form@action mailto:a@b.example'],
  ['<button formaction=x>', '- - resource button@formaction x'],
  ['<meta http-equiv=Refresh content="0; url=x">', '1 meta hyperlink meta@content x'],
  ['<meta http-equiv=refresh content="5">'],
  ['<meta property="og:image" content=" x ">', '- - metadata meta@content x'],
  ['<meta name="twitter:player" content=x>', '- - metadata meta@content x'],
  ['<meta itemprop=url content=x>', '- - metadata meta@content x'],
  ['<meta name=description content=x>'],
  ['<a href="javascript:void(0)">', '- a hyperlink a@href javascript:void(0)'],
  ['<a href="javascript:location=\'/x\'">', '1 javascript hyperlink a@href /x'],
  ['<b onclick="location=\'/x\'">', '1 javascript hyperlink b@onclick /x'],
  ['<my-button ONCLICK="location=&quot;/x&quot;">', '1 javascript hyperlink my-button@onclick /x'],
  ['<b onclick="location=\'/x\'" onkeyup="location=\'/x\'">', '1 javascript hyperlink b@onclick /x', '- javascript hyperlink b@onkeyup /x'],
  ['<a onclick="location=\'/y\'" href=/x>', '- javascript hyperlink a@onclick /y', '1 a hyperlink a@href /x'],
  ['<a onclick="location=\'/y\'" href="mailto:x">', '1 javascript hyperlink a@onclick /y', '- a hyperlink a@href mailto:x'],
  ['<link rel=stylesheet href=x>', '- - resource link@href x'],
  ['<link rel="alternate" href=x>', '- - metadata link@href x'],
  ['<link rel=preload imagesrcset="x 1x" href=y>', '- - image link@imagesrcset x', '- - resource link@href y'],
  ['<base href="/b/">', '- - base base@href /b/'],
  ['<img src=x srcset="y 1x, z 2x">', '- - image img@src x', '- - image img@srcset y', '- - image img@srcset z'],
  ['<picture><source srcset=x></picture>', '- - image source@srcset x'],
  ['<script src=x></script>', '- - resource script@src x'],
  ['<video src=x poster=y><source src=z></video>', '- - resource video@src x', '- - image video@poster y', '- - resource source@src z'],
  ['<audio src=x><track src=y>', '- - resource audio@src x', '- - resource track@src y'],
  ['<embed src=x><object data=y>', '- - resource embed@src x', '- - resource object@data y'],
  ['<input type=IMAGE src=x formaction=y>', '- - image input@src x', '- - resource input@formaction y'],
  ['<input type=text src=x>'],
  ['<blockquote cite=x><q cite=y>', '- - citation blockquote@cite x', '- - citation q@cite y'],
  ['<ins cite=x><del cite=y>', '- - citation ins@cite x', '- - citation del@cite y'],
  ['<p style="background: url(x)">', '- - resource p@style x'],
  ['<style>@import "x"</style>', '- - resource style@- x'],
  ['<script type="application/ld+json">["https://x.example/"]</script>', '- - metadata script@- https://x.example/'],
  ['<svg><a href=x></a><use href=#y /><image xlink:href=z />', '1 a hyperlink a@href x', '- - resource use@href #y', '- - image image@xlink:href z'],
  ['<svg><a xlink:href=x href=y>', '- a hyperlink a@xlink:href x', '1 a hyperlink a@href y'],
  ['<a xlink:href=x>'],
  ['<image src=x>', '- - image image@src x'],
  ['<svg><image src=x>'],
  ['<noscript><a href=x></noscript>', '1 a hyperlink a@href x'],
  ['<template><a href=x></template>', '1 a hyperlink a@href x'],
  ['<!-- <a href=x> --><title><a href=x></title><textarea><a href=x></textarea><script>"<a href=x>"</script><xmp><a href=x></xmp>'],
  ['<a href=x href=y>', '1 a hyperlink a@href x'],
];

describe('links of elements', () => {
  for (const [html, ...expected] of ELEMENTS) {
    it(html, () => {
      const actual = links(html).map(
        (link) => `${link.position ?? '-'} ${link.tag ?? '-'} ${link.role} ${link.element}@${link.attribute ?? '-'} ${link.url}`,
      );
      assert.deepEqual(actual, expected);
      for (const link of links(html)) if (!html.includes('&')) assert.equal(html.slice(link.span.start, link.span.end), link.url);
    });
  }
});

describe('link text', () => {
  /** Markup of one link, its text and tag. */
  const TEXTS: readonly (readonly [string, string, string])[] = [
    ['<a href=x> two\n  <b>words</b> </a>after', 'two words', 'a'],
    ['<a href=x>a &amp; b&nbsp;c</a>', 'a & b c', 'a'],
    ['<a href=x>one<br>two<p>three</p>four</a>', 'one two three four', 'a'],
    ['<a href=x>one<i></i>two</a>', 'onetwo', 'a'],
    ['<a href=x><img alt="A  dog"></a>', 'A dog', 'aimg'],
    ['<a href=x><img alt=""></a>', '[img]', 'aimg'],
    ['<a href=x><img></a>', '[img]', 'aimg'],
    ['<a href=x><img alt=one> <img alt=two></a>', 'one two', 'aimg'],
    ['<a href=x><img alt=no> word</a>', 'word', 'a'],
    ['<a href=x aria-label="Up"><img></a>', '[img]', 'aimg'],
    ['<a href=x aria-label=" Go  up "></a>', 'Go up', 'a'],
    ['<a href=x aria-label=no>word</a>', 'word', 'a'],
    ['<a href=x></a>', '', 'a'],
    ['<a href=x><svg><path d=""/></svg></a>', '[img]', 'aimg'],
    ['<a href=x><svg><title>Logo</title></svg></a>', 'Logo', 'a'],
    ['<a href=x>one<script>no</script><style>no</style><!-- no -->two</a>', 'onetwo', 'a'],
    ['<a href=x>open', 'open', 'a'],
    ['<table><td><a href=x>cell<td>other</table>', 'cell', 'a'],
    ['<a href=x>1 < 2</a>', '1 < 2', 'a'],
    ['<area href=x alt="An area">', 'An area', 'area'],
    ['<area href=x aria-label="A label">', 'A label', 'area'],
    ['<iframe src=x></iframe>', '', 'iframe'],
    ['<a onclick="location=\'/x\'">word</a>', 'word', 'javascript'],
  ];
  for (const [html, text, tag] of TEXTS) {
    it(html, () => {
      const link = links(html).find((candidate) => candidate.role === 'hyperlink');
      assert.deepEqual([link?.text, link?.tag], [text, tag]);
    });
  }

  it('ends where the next link begins', () => {
    assert.deepEqual(
      links('<a href=x>one <a href=y>two</a> three').map((link) => link.text),
      ['one', 'two'],
    );
  });

  it('is cut at 2,000 characters, between characters', () => {
    assert.equal(only(`<a href=x>${'word '.repeat(10_000)}`).text.length, 1999);
    assert.equal(only(`<a href=x>${'\u{1F600}'.repeat(1_500)}</a>`).text, '\u{1F600}'.repeat(1_000));
    assert.equal(only(`<a href=x>a${'\u{1F600}'.repeat(1_500)}</a>`).text, `a${'\u{1F600}'.repeat(999)}`);
  });

  it('of an image is its alt', () => assert.equal(only('<img src=x alt="A  dog">').text, 'A dog'));
});

describe('links', () => {
  it('keep rel tokens in order and lower case', () => {
    assert.deepEqual(only('<a href=x rel="NoFollow\n ugc  noopener">').rel, ['nofollow', 'ugc', 'noopener']);
    assert.deepEqual(only('<a href=x>').rel, []);
  });

  it('resolve against the first base, also those before it', () => {
    const html = '<a href=x><base href="/b/"><base href="/c/"><a href=y><a href="https://z.example">';
    assert.deepEqual(
      links(html).map((link) => link.resolved),
      ['https://site.example/b/x', 'https://site.example/b/', 'https://site.example/c/', 'https://site.example/b/y', 'https://z.example/'],
    );
    assert.equal(scanHtml(html, { url: PAGE }).facts.base, 'https://site.example/b/');
  });

  it('do without a base that is none', () => {
    for (const base of ['data:text/html,x', 'javascript:1', 'http://[']) {
      assert.equal(links(`<base href="${base}"><a href=x>`).at(-1)?.resolved, 'https://site.example/docs/x', base);
    }
  });

  it('stay relative in a document without an address, and are numbered as on the web', () => {
    const found = links('<a href=x><a href="https://z.example/"><a href="mailto:a@b.example"><a href="//c.example"><a href="http://[">', {});
    assert.deepEqual(
      found.map((link) => [link.resolved, link.position]),
      [
        [null, 1],
        ['https://z.example/', 2],
        ['mailto:a@b.example', null],
        [null, 3],
        [null, null],
      ],
    );
    assert.deepEqual([only('<a href=x>', { url: 'file:///home/a.html' }).position, only('<a href=x>', { url: 'no url' }).position], [1, 1]);
  });

  it('give the range of the URL alone', () => {
    for (const html of [
      '<a href="  /x  ">',
      "<a href='/x'>",
      '<a href=/x>',
      '<a href = /x >',
      '<p style="background:url( \'/x\' )">',
      '<img srcset=" /x 1x">',
    ]) {
      const { span } = only(html);
      assert.equal(html.slice(span.start, span.end), '/x', html);
    }
    const encoded = '<img srcset="&#97; 1x, &#x2F;x 2x"><p style="a:url(&quot;/x&quot;)">';
    assert.deepEqual(
      links(encoded).map(({ span, url }) => [encoded.slice(span.start, span.end), url]),
      [
        ['&#97;', 'a'],
        ['&#x2F;x', '/x'],
        ['/x', '/x'],
      ],
    );
  });

  it('decode references, line ends and NUL as attributes do', () => {
    assert.equal(only('<a href="?a=1&amp;b=2&copy=3&copy;&#x41;">').url, '?a=1&b=2&copy=3©A');
    assert.equal(only('<a href="a\r\nb\0">').url, 'a\nb\uFFFD');
  });

  it('of a tag that the end cuts off are kept and marked', () => {
    assert.deepEqual([only('<a href="/x').complete, only('<a href="/x').url], [false, '/x']);
    assert.deepEqual([only('<a href="/x" class').complete, only('<a href=/x').complete], [false, false]);
    assert.equal(only('<a href="/x\n<p>More text').url, '/x');
    assert.equal(only('<a href="/x">').complete, true);
  });
});

describe('page facts', () => {
  it('are read in the same pass', () => {
    const html = `<html lang="de-AT"><meta charset=UTF-8><title> A
      &amp; B </title><title>no</title><link rel="Canonical next" href="/c"><link rel=canonical href=/no>
      <meta name=ROBOTS content="NoIndex, nofollow"><svg><title>no</title></svg>`;
    assert.deepEqual(scanHtml(html, { url: PAGE }).facts, {
      title: 'A & B',
      base: PAGE,
      canonical: 'https://site.example/c',
      robots: { nofollow: true, noindex: true },
      language: 'de-AT',
      charset: 'utf-8',
    });
  });

  it('are null where the page says nothing', () => {
    const nothing = { title: null, base: null, canonical: null, robots: { nofollow: false, noindex: false }, language: null, charset: null };
    assert.deepEqual(scanHtml('').facts, nothing);
    assert.deepEqual(scanHtml('<html lang=""><link rel=canonical href="">text').facts, nothing);
  });

  it('add up robots directives and read none', () => {
    assert.deepEqual(scanHtml('<meta name=robots content=noindex><meta name=robots content=nofollow>').facts.robots, {
      nofollow: true,
      noindex: true,
    });
    assert.deepEqual(scanHtml('<meta name=robots content=none>').facts.robots, { nofollow: true, noindex: true });
    assert.deepEqual(scanHtml('<meta name=robots content="index,follow">').facts.robots, { nofollow: false, noindex: false });
  });

  it('take language and charset from http-equiv too', () => {
    const { facts } = scanHtml(
      '<meta http-equiv="Content-Language" content="fr"><meta http-equiv=content-type content="text/html; charset=ISO-8859-1">',
    );
    assert.deepEqual([facts.language, facts.charset], ['fr', 'iso-8859-1']);
  });

  it('keep a canonical that cannot be resolved as it is written', () => assert.equal(scanHtml('<link rel=canonical href=/c>').facts.canonical, '/c'));
});
