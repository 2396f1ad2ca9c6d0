/** The tables of a generation in words, so that two generations with other numbers can be compared. */
import { databaseOf } from '../../../server/src/linkIndex/generations.ts';
import { openReadOnly } from '../../../server/src/linkIndex/sqlite/openReadOnly.ts';
import { FORM_CODES, LOST_REASONS } from '../../../server/src/linkIndex/sqlite/schema.ts';

type Row = Record<string, unknown>;

const form = (code: string, key: string): string =>
  `case ${FORM_CODES.map((prefix, at) => `when ${code} = ${at} then '${prefix}' || ${key}`).join(' ')} end`;

// The address of a page that nobody captured is one of the forms that links have, whichever.
const UNCAPTURED = 'p.is_page = 0 and p.captured is null and p.redirect is null and p.gone is null';

const PAGES = `select p.key, case when ${UNCAPTURED} then null when typeof(p.url) = 'text' then p.url else ${form('p.url', 'p.key')} end as url, h.name as host, d.name as domain, p.captured,
    coalesce(p.first_captured, p.captured, 0) as first_captured, p.is_page, p.title, g.ip, p.external, p.internal, p.canonical, p.noindex, p.redirect,
    p.redirect_status, p.gone, s.name as score, x.value
  from page p join host h on h.id = p.host join domain d on d.id = h.domain left join place g on g.id = p.place left join listed_page x on x.page = p.id
    left join score s on s.id = x.score order by p.key`;

const LINKS = `select s.key as source, t.key as target, h.name as target_host, d.name as target_domain, l.state, l.position, a.text, l.tag, l.nofollow, r.tokens,
    coalesce(f.url, ${form('l.form', 't.key')}) as url, l.first_seen, x.on_second, x.reason, x.last_seen
  from link l join page s on s.id = l.source join page t on t.id = l.target join host h on h.id = l.target_host join domain d on d.id = l.target_domain
    left join anchor a on a.id = l.anchor left join rel r on r.id = l.rel left join form f on f.id = l.form - ${FORM_CODES.length}
    left join lost x on x.link = l.id
  order by s.key, l.state >= 2, l.position, url, a.text, l.tag, l.nofollow, x.on_second, l.first_seen, r.tokens`;

// Of folders only a build has totals, where they were heavy then.
const TOTALS = `select coalesce(p.key, h.name, d.name) as scope, t.kind, t.links, t.internal, t.followed, t.followable,
    iif(t.stale, null, t.pages) as pages, iif(t.stale, null, t.hosts) as hosts, iif(t.stale, null, t.domains) as domains
  from total t left join page p on t.kind = 0 and p.id = t.key left join host h on t.kind = 1 and h.id = t.key left join domain d on t.kind = 2 and d.id = t.key
  where t.links + t.internal > 0 and t.kind <= 2 order by t.kind, scope`;

const TREE =
  'select a.name as above, h.name as below from host_tree t join host a on a.id = t.ancestor join host h on h.id = t.host order by a.name, h.name';
const REDIRECTS =
  'select s.key as source, t.key as target from redirect r join page s on s.id = r.source join page t on t.id = r.target order by s.key';

export interface Tables {
  readonly pages: Row[];
  readonly links: Row[];
  readonly totals: Row[];
  readonly tree: Row[];
  readonly redirects: Row[];
  readonly info: Row;
  readonly inputs: Row[];
}

/** @param file the index as a user names it */
export function tablesOf(file: string): Tables {
  const db = openReadOnly(databaseOf(file));
  try {
    const all = (sql: string): Row[] =>
      db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row }));
    const {
      generation: _generation,
      builtAt: _built,
      strength: _strength,
      topPages: _top,
      ...info
    } = JSON.parse(String(db.prepare(`select value from meta where key = 'info'`).get()?.['value'])) as Row;
    const reason = (row: Row): Row => ({ ...row, reason: typeof row['reason'] === 'number' ? LOST_REASONS[row['reason']] : null });
    return {
      pages: all(PAGES),
      links: all(LINKS).map(reason),
      totals: all(TOTALS),
      tree: all(TREE),
      redirects: all(REDIRECTS),
      info,
      inputs: all('select name, bytes, pages, links, note, hash from input order by id'),
    };
  } finally {
    db.close();
  }
}

/** What an index holds, as far as no number or time of a generation is in it. */
export function contentOf(file: string): string {
  const { inputs, pages, links, info } = tablesOf(file);
  return JSON.stringify({ inputs, pages, links, counted: info['links'] });
}

/** `ok`, or what SQLite finds wrong with the database. */
export function integrityOf(file: string): unknown {
  const db = openReadOnly(databaseOf(file));
  try {
    return db.prepare('pragma integrity_check').get()?.['integrity_check'];
  } finally {
    db.close();
  }
}
