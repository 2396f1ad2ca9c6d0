/**
 * Bing Webmaster API (JSON) on the wire: the account's sites, link counts of their pages, links to one page. Shapes: learn.microsoft.com,
 * Microsoft.Bing.Webmaster.Api.Interfaces (GetUserSites, GetLinkCounts, GetUrlLinks, ApiErrorCode) with examples. .NET writes an empty list as null.
 */
import type { Backlink } from '../../../../shared/backlinks.ts';
import { pageKey } from '../../urls/keys.ts';
import { blankRow } from '../blank.ts';
import type { Checker } from '../check.ts';
import { requiredCount, requiredText } from '../fields.ts';

/** A site of the account, as registered there. */
export interface Site {
  /** As Bing spells it: what calls about the site name. */
  readonly url: string;
  /** Page key of its address: `example.com/`, `example.com/docs/`. */
  readonly key: string;
  readonly verified: boolean;
}

/** A page of a site, with the number of links to it from other sites. */
export interface LinkedPage {
  readonly url: string;
  readonly key: string;
  readonly count: number;
}

/** One page of a list that comes in pages. */
export interface Part<Item> {
  readonly items: readonly Item[];
  /** Pages in all; a list that does not say has the one. */
  readonly pages: number;
}

export const FILLED: readonly (keyof Backlink)[] = ['sourceUrl', 'anchorText', 'targetUrl'];

/** Sites without an http(s) address are left out. Throws `source.bad-reply`. */
export function readSites(json: unknown, check: Checker): readonly Site[] {
  return check.list(check.object(json, 'the reply')['d'] ?? [], 'd').flatMap((entry, index) => {
    const path = `d[${index}]`;
    const fields = check.object(entry, path);
    const url = requiredText(fields, 'Url', path, check);
    const key = pageKey(url);
    if (key === null) return [];
    return [{ url, key: key.endsWith('/') ? key : `${key}/`, verified: check.flag(fields['IsVerified'], `${path}.IsVerified`) === true }];
  });
}

/** Pages without an http(s) address are left out. Throws `source.bad-reply`. */
export function readCounts(json: unknown, check: Checker): Part<LinkedPage> {
  return readPart(json, 'Links', check, (fields, path) => {
    const url = requiredText(fields, 'Url', path, check);
    const key = pageKey(url);
    return key === null ? null : { url, key, count: requiredCount(fields, 'Count', path, check) };
  });
}

/** @param targetUrl of the page that was asked for */
export function readLinks(json: unknown, targetUrl: string, check: Checker): Part<Backlink> {
  return readPart(json, 'Details', check, (fields, path) => ({
    ...blankRow(requiredText(fields, 'Url', path, check), targetUrl),
    anchorText: check.text(fields['AnchorText'], `${path}.AnchorText`),
  }));
}

function readPart<Item>(
  json: unknown,
  name: string,
  check: Checker,
  read: (fields: Readonly<Record<string, unknown>>, path: string) => Item | null,
): Part<Item> {
  const reply = check.object(check.object(json, 'the reply')['d'], 'd');
  const given = reply[name];
  const list = check.list(given === null ? [] : given, `d.${name}`);
  const items = list.flatMap((entry, index) => {
    const path = `d.${name}[${index}]`;
    const item = read(check.object(entry, path), path);
    return item === null ? [] : [item];
  });
  return { items, pages: check.count(reply['TotalPages'], 'd.TotalPages') ?? 1 };
}
