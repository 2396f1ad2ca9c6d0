/** HTML in template languages: tags of the template are passed over, offsets stay, a URL with a part that only the template knows is none. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { paintTemplate } from '../../../../server/src/scan/html/templates.ts';
import { scanHtml } from '../../../../server/src/scan/html.ts';
import { openDocument } from '../../../../server/src/scan/incremental.ts';
import { optionsOfLanguage, scannerOfLanguage } from '../../../../server/src/scan/languages.ts';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';

/** Language, text, URLs and link texts. */
const CASES: readonly (readonly [string, string, readonly string[], (readonly string[])?])[] = [
  ['handlebars', '<a href="/one" {{#if x}}class="{{y}}"{{/if}}>Go {{name}} on</a><a href="/user/{{id}}">no</a>', ['/one'], ['Go on']],
  ['handlebars', '{{!-- <a href="/no">}} --}}<a{{#if x}} href="/two"{{/if}}>t</a>{{{raw "<a>"}}}', ['/two'], ['t']],
  ['handlebars', '<a href={{url}} class=x>no</a><a href="{{url}}">no</a><a href=\'/q?{{a "b"}}\'>no</a><a href=/yes>y</a>', ['/yes'], ['y']],
  ['handlebars', '<a href="/open">{{ never closed</a>', ['/open']],
  ['liquid', '{% if a < b %}<a href="/one">One</a>{% endif %}<img src="{{ x | append: ">" }}">{% comment %}', ['/one']],
  ['liquid', '<a {% if x %}rel="nofollow"{% endif %} href="/one">x</a>', ['/one']],
  ['jinja', '{# <a href="/no"> #}<a href="{{ url_for("x") }}">no</a><a href="/one">x</a>', ['/one']],
  ['php', '<?php if ($a > 1): echo \'<a href="/no">\'; ?><a href="/one" title="<?= $t ?>">x</a><?php endif ?><a href="<?= "/x" ?>">no</a>', ['/one']],
  ['php', '<a href="/one">x</a><?php echo "<a href=/no>";', ['/one']],
  ['erb', '<% if a > b %><a href="/one">x</a><% end %><a href="<%= path %>/x">no</a><a <%= attributes %> href="/two">y</a>', ['/one', '/two']],
  [
    'vue',
    '<template><a :href="u" @click="go">no</a><a href="/one">{{ a > b }}</a></template><script setup>const a = "<a href=/no>"</script>',
    ['/one'],
  ],
  [
    'svelte',
    '<script>let a = "<a href=/no>"</script>{#if a > 1}<a href={u}>no</a><a href="/b/{id}">no</a><a href="/one" {...rest}>x {"}"}</a>{/if}',
    ['/one'],
    ['x'],
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: source text of a template
  ['svelte', '{@html `<a href="/no">${x}</a>`}<a href="/one" on:click={() => { go("}") }}>x</a>', ['/one']],
  [
    'astro',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text of a template
    '---\nconst a = "<a href=/no>";\n---\n<ul>{list.map((i) => <li><a href="/one">{i}</a><a href={`/b/${i}`}>no</a></li>)}</ul><a {...p} href="/two">y</a>',
    ['/one', '/two'],
  ],
  ['html', '<a href="{{x}}">kept</a>', ['{{x}}'], ['kept']],
];

describe('template languages', () => {
  for (const [language, text, urls, texts] of CASES) {
    it(`${language}: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => {
      const { links } = scanHtml(text, optionsOfLanguage(language));
      assert.deepEqual(
        links.map((link) => link.url),
        urls,
      );
      for (const link of links) assert.equal(text.slice(link.span.start, link.span.end), link.url);
      if (texts !== undefined)
        assert.deepEqual(
          links.map((link) => link.text),
          texts,
        );
      assert.deepEqual(
        links.map((link) => link.position),
        links.map((_link, index) => index + 1),
      );
    });
  }

  it('are read by the HTML scanner, or by the Markdown scanner, or not at all', () => {
    const { languages } = DEFAULT_SETTINGS;
    for (const id of ['html', 'astro', 'vue', 'svelte', 'handlebars', 'liquid', 'jinja', 'php', 'erb'])
      assert.equal(scannerOfLanguage(id, languages), 'html');
    for (const id of ['markdown', 'mdx', 'quarto', 'rmd']) assert.equal(scannerOfLanguage(id, languages), 'markdown');
    for (const id of ['css', 'toString', '']) assert.equal(scannerOfLanguage(id, languages), null);
    assert.equal(scannerOfLanguage('twig', { twig: 'html' }), 'html');
    assert.equal(scannerOfLanguage('astro', {}), null);
    assert.deepEqual(optionsOfLanguage('mdx'), { mdx: true });
  });

  it('are followed through edits', () => {
    const options = { template: 'liquid' };
    const document = openDocument('html', '<a href="/a">', options);
    const text = '{% comment %}<a href="/a">';
    assert.deepEqual(document.update(text, { start: 0, removed: 0, inserted: 13 }), scanHtml(text, options));
  });

  it('keep the length of any text and never throw', () => {
    const pieces = [
      '{',
      '}',
      '{{',
      '}}',
      '{%',
      '%}',
      '<?',
      '?>',
      '<%',
      '%>',
      '{{!--',
      '--}}',
      '"',
      "'",
      '`',
      '=',
      ' ',
      '<a href=',
      '<script>',
      '</script>',
      '<!--',
      '-->',
      '---\n',
      'x',
      '>',
    ];
    let count = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('astro', 'svelte', 'vue', 'handlebars', 'liquid', 'jinja', 'php', 'erb'),
        fc.array(fc.constantFrom(...pieces)),
        (language, parts) => {
          const text = parts.join('');
          assert.equal(paintTemplate(text, language).length, text.length);
          scanHtml(text, { template: language });
          count++;
        },
      ),
      { numRuns: 10_000, seed: 17 },
    );
    for (const opener of ['{', '{{', '<%', '<?', '<a "', '<a ={'])
      paintTemplate(opener.repeat(200_000), opener.includes('%') ? 'erb' : opener.includes('?') ? 'php' : 'svelte');
    console.log(`      ${count} texts`);
  });
});
