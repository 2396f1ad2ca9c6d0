/** What the query bench asks of a bare statement and of DuckDB, in the SQL that both read: the same answers as ours. */

/** A target's id, by what somebody knows of it. */
const IDS = {
  target: 'select id from page where key = ?',
  target_host: 'select id from host where name = ?',
  target_domain: 'select id from domain where name = ?',
};

/** One page of rows of a scope: ids first, then what belongs to them. Parameters: the target's key or name, limit, offset. */
export function rowsSql(column: keyof typeof IDS): string {
  return `select p.key, p.url, p.title, a.text, p.external, p.internal, p.strength, l.position, l.form, t.key as target_key, l.tag, l.nofollow, l.rel,
      g.ip, g.country_code, g.country, p.captured
    from (select id from link where ${column} = (${IDS[column]}) and state = 0 order by id limit ? offset ?) k
    join link l on l.id = k.id join page p on p.id = l.source join page t on t.id = l.target join anchor a on a.id = l.anchor
    left join place g on g.id = p.place order by l.id`;
}

/** Stored counts of a list of page keys, in one statement of DuckDB. */
export function countsSql(keys: string): string {
  return `select k.key, p.strength, o.* from (select unnest(${keys}) as key) k left join page p on p.key = k.key
    left join total o on o.kind = 0 and o.key = p.id`;
}

/** The same with each page's ten top anchors, its forms and the strongest link of each of ten domains, in one statement of DuckDB. */
export function listsSql(keys: string): string {
  return `with asked as (select p.id, p.key, p.strength from (select unnest(${keys}) as key) k join page p on p.key = k.key),
    links as (select l.target, l.id, l.anchor, l.form, l.source from asked join link l on l.target = asked.id where l.state = 0),
    anchors as (select target, list(struct_pack(text := text, n := n) order by n desc, text)[1:10] as anchors
      from (select target, a.text as text, count(*) as n from links join anchor a on a.id = anchor group by 1, 2) group by target),
    forms as (select target, list(struct_pack(form := form, n := n) order by n desc) as forms
      from (select target, form, count(*) as n from links group by 1, 2) group by target),
    strongest as (select s.target, list(struct_pack(link := s.link, more := s.n - 1, key := p.key, title := p.title, text := a.text, strength := p.strength)
        order by s.link)[1:10] as strongest
      from (select c.target, min(c.id) as link, count(*) as n from links c join page p on p.id = c.source join host h on h.id = p.host
        group by c.target, h.domain) s join link l on l.id = s.link join page p on p.id = l.source join anchor a on a.id = l.anchor group by s.target)
    select asked.*, o.*, anchors.anchors, forms.forms, strongest.strongest from asked left join total o on o.kind = 0 and o.key = asked.id
    left join anchors on anchors.target = asked.id left join forms on forms.target = asked.id left join strongest on strongest.target = asked.id`;
}
