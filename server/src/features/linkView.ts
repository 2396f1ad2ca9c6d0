/** A link of a document as the features see it: where it stands, what is asked for it, where it leads inside the folder. */
import type { Range } from 'vscode-languageserver-protocol';
import type { Known, Summary, Target } from '../../../shared/backlinks.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Link } from '../scan/link.ts';
import { isWebUrl } from '../urls/resolve.ts';
import { domainTarget, pageTarget } from '../urls/targets.ts';
import type { LocalTarget } from '../workspace/workspace.ts';
import { ignoredBy } from './ignorePatterns.ts';

export interface LinkView {
  readonly link: Link;
  readonly range: Range;
  /** Absolute http(s) URL of what it leads to, own pages by the site's address; null without one. */
  readonly webUrl: string | null;
  /** Null for what is not looked up: other schemes, resources, pages without an address. */
  readonly targets: { readonly page: Target; readonly domain: Target } | null;
  readonly local: LocalTarget | null;
  /** The pattern of the `ignore` setting that its URL matches. */
  readonly ignoredBy: string | null;
}

/** The same with what is known now. */
export interface KnownLink extends LinkView {
  readonly page: Known<Summary>;
  readonly domain: Known<Summary>;
}

/**
 * @param siteAddress address of a local file on the web, null where the folder has none
 */
export function viewLink(link: Link, range: Range, local: LocalTarget | null, siteAddress: string | null, settings: Settings): LinkView {
  const resolved = local?.exists === true && siteAddress !== null ? siteAddress : link.resolved;
  const webUrl = resolved !== null && isWebUrl(resolved) ? resolved : null;
  const pattern = webUrl === null ? null : ignoredBy(webUrl, settings.ignore);
  return { link, range, webUrl, targets: isLookedUp(link, settings) ? targetsOf(webUrl) : null, local, ignoredBy: pattern };
}

/** Links that readers follow, and, by a setting, what pages load. A definition stands for the links that use it. */
export function isLookedUp(link: Link, settings: Pick<Settings, 'lookUpResources'>): boolean {
  if (link.role === 'hyperlink') return link.tag === 'a' || link.tag === 'aimg' || link.tag === 'area' || settings.lookUpResources;
  return link.role === 'definition' || (settings.lookUpResources && link.role !== 'base');
}

function targetsOf(webUrl: string | null): LinkView['targets'] {
  const page = webUrl === null ? null : pageTarget(webUrl);
  const domain = webUrl === null ? null : domainTarget(webUrl);
  return page === null || domain === null ? null : { page, domain };
}
