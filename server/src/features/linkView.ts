/** A link of a document as the features see it: where it stands, what is asked for it, where it leads inside the folder. */
import type { Range } from 'vscode-languageserver-protocol';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Link } from '../scan/link.ts';
import { isWebUrl } from '../urls/resolve.ts';
import type { LinkTargets, ReadTargets } from '../urls/targetMemo.ts';
import type { LocalTarget } from '../workspace/workspace.ts';
import { ignoredBy } from './ignorePatterns.ts';

export interface LinkView {
  readonly link: Link;
  readonly range: Range;
  /** Absolute http(s) URL of what it leads to, own pages by the site's address; null without one. */
  readonly webUrl: string | null;
  /** Null for what is not looked up: other schemes, resources, pages without an address. */
  readonly targets: LinkTargets | null;
  readonly local: LocalTarget | null;
  /** The pattern of the `ignore` setting that its URL matches. */
  readonly ignoredBy: string | null;
}

/** The same with what is known now. */
export interface KnownLink extends LinkView {
  readonly page: Known<Summary>;
  readonly domain: Known<Summary>;
}

export interface ViewContext {
  /** Where it leads inside the folder; null for a link out of it. */
  readonly local: LocalTarget | null;
  /** Address of that file on the web; null where the folder has none. */
  readonly siteAddress: string | null;
  readonly settings: Settings;
  readonly targetsOf: ReadTargets;
}

export function viewLink(link: Link, range: Range, { local, siteAddress, settings, targetsOf }: ViewContext): LinkView {
  const resolved = local?.exists === true && siteAddress !== null ? siteAddress : link.resolved;
  const webUrl = resolved !== null && isWebUrl(resolved) ? resolved : null;
  return {
    link,
    range,
    webUrl,
    targets: webUrl !== null && isLookedUp(link, settings) ? targetsOf(webUrl) : null,
    local,
    ignoredBy: webUrl === null ? null : ignoredBy(webUrl, settings.ignore),
  };
}

/** Links that readers follow, and, by a setting, what pages load. A definition stands for the links that use it. */
function isLookedUp(link: Link, settings: Pick<Settings, 'lookUpResources'>): boolean {
  if (link.role === 'hyperlink') return link.tag === 'a' || link.tag === 'aimg' || link.tag === 'area' || settings.lookUpResources;
  return link.role === 'definition' || (settings.lookUpResources && link.role !== 'base');
}
