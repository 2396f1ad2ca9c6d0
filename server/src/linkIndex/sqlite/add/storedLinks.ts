/** The links a generation has of one page, standing and lost, read with one statement. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { LostReason } from '../../../../../shared/backlinks.ts';
import { formUrl } from '../rows.ts';
import { FORM_CODES, LINK_STATE, LOST_REASONS } from '../schema.ts';

/** A row of `link`, with its row of `lost`. */
export interface StoredLink {
  readonly id: number;
  readonly target: number;
  readonly host: number;
  readonly domain: number;
  readonly internal: boolean;
  readonly anchor: number;
  readonly position: number | null;
  readonly tag: number;
  readonly nofollow: number;
  readonly rel: number;
  readonly form: number;
  readonly firstSeen: number | null;
  readonly lost: { readonly on: number; readonly reason: LostReason; readonly lastSeen: number | null } | null;
  /** The raw target and the link text, which with the tag make up its identity. */
  readonly url: string;
  readonly text: string | null;
}

const SQL = `select l.id, l.target, l.target_host, l.target_domain, l.state, l.anchor, l.position, l.tag, l.nofollow, l.rel, l.form, l.first_seen,
    x.on_second, x.reason, x.last_seen, f.url, t.key, a.text
  from link l indexed by link_source join page t on t.id = l.target left join anchor a on a.id = l.anchor
    left join form f on f.id = l.form - ${FORM_CODES.length} left join lost x on x.link = l.id and l.state >= ${LINK_STATE.lostExternal}
  where l.source = ?`;

export class StoredLinks {
  readonly #select: StatementSync;

  constructor(db: DatabaseSync) {
    this.#select = db.prepare(SQL);
    this.#select.setReturnArrays(true);
  }

  /** Equal links stand in the order of history.ts: live ones as on the page, then lost ones, the last to go first. */
  ofPage(source: number): StoredLink[] {
    const rows = this.#select.all(source) as unknown as Columns[];
    return rows
      .map(toLink)
      .sort((a, b) => (b.lost?.on ?? Infinity) - (a.lost?.on ?? Infinity) || (a.position ?? 0) - (b.position ?? 0) || a.id - b.id);
  }
}

type Columns = readonly [
  id: number,
  target: number,
  host: number,
  domain: number,
  state: number,
  anchor: number,
  position: number | null,
  tag: number,
  nofollow: number,
  rel: number,
  form: number,
  firstSeen: number | null,
  lostOn: number | null,
  reason: number | null,
  lastSeen: number | null,
  url: string | null,
  key: string,
  text: string | null,
];

function toLink(columns: Columns): StoredLink {
  const [id, target, host, domain, state, anchor, position, tag, nofollow, rel, form, firstSeen, on, reason, lastSeen, url, key, text] = columns;
  return {
    id,
    target,
    host,
    domain,
    internal: (state & 1) === 1,
    anchor,
    position,
    tag,
    nofollow,
    rel,
    form,
    firstSeen,
    lost: on === null ? null : { on, reason: LOST_REASONS[reason ?? 0] ?? 'unknown', lastSeen },
    url: url ?? formUrl(form, key),
    text,
  };
}
