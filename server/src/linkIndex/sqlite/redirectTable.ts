/** Keeps the table of redirects, which says of a page what redirects to it. */
import type { DatabaseSync } from 'node:sqlite';
import { pageKey } from '../../urls/keys.ts';

/** Fills the table from the pages of a build. */
export function loadRedirects(db: DatabaseSync): void {
  const pages = db.prepare('select id, redirect from page where redirect is not null').all();
  for (const { id, redirect } of pages) setRedirect(db, Number(id), String(redirect));
}

/**
 * Notes where a page redirects to since its latest capture.
 *
 * @param redirect raw URL; null where it does not redirect. What is no known page's URL, or the page's own, is not noted
 */
export function setRedirect(db: DatabaseSync, page: number, redirect: string | null): void {
  const key = redirect === null ? null : pageKey(redirect);
  const target = key === null ? undefined : db.prepare('select id from page where key = ?').get(key)?.['id'];
  if (typeof target !== 'number' || target === page) db.prepare('delete from redirect where source = ?').run(page);
  else db.prepare('insert into redirect values (?, ?) on conflict (source) do update set target = excluded.target').run(page, target);
}
