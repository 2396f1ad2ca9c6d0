/** What is known of one file of the folder: who links to it there, its address, and what its source says of that. */
import type { Target } from '../../../shared/backlinks.ts';
import type { PageInFolder, ThisPage } from '../../../shared/thisPage.ts';
import type { Facts } from '../facts/facts.ts';
import type { ReadTargets } from '../urls/targetMemo.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { leanKnown } from './leanKnown.ts';

export interface ThisPageParts {
  readonly workspace: Workspace;
  readonly facts: Facts;
  readonly targetsOf: ReadTargets;
}

/** The target that a file's own address is; null while it has none. */
export function ownTarget(uri: string, { workspace, targetsOf }: Pick<ThisPageParts, 'workspace' | 'targetsOf'>): Target | null {
  const address = workspace.siteAddress(uri);
  return address === null ? null : (targetsOf(address)?.page ?? null);
}

/** @returns null for a file outside every folder */
export function thisPageOf(uri: string, parts: ThisPageParts): ThisPage | null {
  const { workspace, facts } = parts;
  const site = workspace.site(uri);
  if (site === null) return null;
  const target = ownTarget(uri, parts);
  const { onDisk, ...siteOfPage } = site;
  return {
    uri,
    path: workspace.pathOf(uri),
    folder: inFolder(uri, onDisk, workspace),
    site: siteOfPage,
    web: target === null ? null : { target, facts: leanKnown(facts.get(target)) },
  };
}

function inFolder(uri: string, onDisk: boolean, workspace: Workspace): PageInFolder {
  const reach = workspace.reach(uri, true);
  const backlinks = reach?.backlinks ?? [];
  return {
    state: !onDisk ? 'documents' : workspace.ready() ? 'ready' : 'reading',
    backlinks: backlinks.length,
    linkingPages: new Set(backlinks.map((link) => link.uri)).size,
    pages: workspace.pages(),
    clicks: reach?.clicks ?? null,
    start: reach?.start ?? null,
    alone: onDisk ? (workspace.orphans()?.length ?? null) : null,
  };
}
