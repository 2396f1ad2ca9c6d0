/** Semrush over the invented web: reports of lines with semicolons, errors as plain text in replies of status 200. */
import { domainsOf, type Handler, type Instead, linkOf, totalOf, type WireReply, type WireRequest, type WorldLink } from '../world.ts';

export const KEY = { id: '', secret: 'a-semrush-key-nobody-may-see' };

export function text(body: string, status = 200): WireReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
}

export const error = (number: number, words: string, status = 200) => text(`ERROR ${number} :: ${words}`, status);

/** A report: a header and a line for each row, with the columns asked for. */
export function table(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): WireReply {
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(';'));
  return text(`${[columns.join(';'), ...lines].join('\r\n')}\r\n`);
}

export function semrush(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request, true);
}

/** The same, with limits that do not count what is skipped. */
export function otherwise(instead?: Instead): Handler {
  return (request) => instead?.(request) ?? answer(request, false);
}

function answer({ path }: WireRequest, skippedCount: boolean): WireReply {
  const url = new URL(path, 'http://host');
  const query = url.searchParams;
  if (url.pathname !== '/analytics/v1/') return error(40, 'MANDATORY PARAMETER "action" NOT SET OR EMPTY', 400);
  if (query.get('key') !== KEY.secret) return error(120, 'WRONG KEY - ID PAIR');
  const columns = (query.get('export_columns') ?? '').split(',');
  if (query.get('type') === 'backlinks') return rows(query, columns, skippedCount);
  if (query.get('type') === 'backlinks_overview') return overview(query.get('target') ?? '', columns);
  if (query.get('type') === 'backlinks_comparison') return comparison(query.getAll('targets[]'), query.getAll('target_types[]'), columns);
  return error(42, 'QUERY TYPE NOT FOUND');
}

/** Without a limit ten thousand lines would come. */
function rows(query: URLSearchParams, columns: readonly string[], skippedCount: boolean): WireReply {
  const name = query.get('target') ?? '';
  const [limit, offset] = [Number(query.get('display_limit') ?? 0) || 10_000, Number(query.get('display_offset') ?? 0)];
  const to = Math.min(totalOf(name), skippedCount ? limit : offset + limit);
  if (to <= offset) return error(50, 'NOTHING FOUND');
  return table(
    columns,
    Array.from({ length: to - offset }, (_, index) => wireRow(linkOf(name, offset + index), offset + index)),
  );
}

export function wireRow(link: WorldLink, n: number): Record<string, string> {
  return {
    page_ascore: String(Math.round(link.strength * 10)),
    source_title: n === 3 ? `${link.title}; much more; and "more"` : link.title,
    source_url: link.page,
    target_url: link.to,
    anchor: link.image ? '' : n === 5 ? '"quoted; at last' : link.text,
    external_num: String(link.external),
    internal_num: String(link.internal),
    first_seen: seconds(link.firstSeen),
    last_seen: seconds(link.lastSeen),
    nofollow: String(link.nofollow),
    form: String(n === 6),
    frame: String(n === 7),
    image: String(link.image),
    newlink: 'false',
    lostlink: String(n === 9),
  };
}

export function seconds(day: string): string {
  return String(Date.parse(day) / 1000);
}

function overview(name: string, columns: readonly string[]): WireReply {
  const total = totalOf(name);
  if (name.startsWith('refused-site.com')) return error(46, 'WRONG TARGET');
  if (total === 0) return error(50, 'NOTHING FOUND');
  return table(columns, [countsOf(name, 'total')]);
}

function comparison(targets: readonly string[], types: readonly string[], columns: readonly string[]): WireReply {
  if (targets.length !== types.length || targets.length > 200) return error(47, 'WRONG NUMBER OF TARGETS');
  if (targets.some((name) => name.startsWith('refused-site.com'))) return error(46, 'WRONG TARGET');
  const known = targets.map((target, index) => ({
    ...countsOf(target, 'backlinks_num'),
    target: target.toLowerCase(),
    target_type: types[index] ?? '',
  }));
  return table(
    columns,
    known.filter(({ target }) => target !== 'left-out-site.com'),
  );
}

function countsOf(name: string, total: string): Record<string, string> {
  const links = totalOf(name);
  return {
    [total]: String(links),
    ascore: '37',
    domains_num: String(domainsOf(name)),
    urls_num: String(links),
    follows_num: String(Math.ceil(links / 2)),
    nofollows_num: String(Math.floor(links / 2)),
  };
}
