/** Links with what is known of them now, and what follows from that: findings, tree entries, counts. */
import type { InlayHint, Range } from 'vscode-languageserver-protocol';
import type { Known, Summary } from '../../../shared/backlinks.ts';
import type { DocumentFacts, LinkFacts } from '../../../shared/protocol.ts';
import type { Facts } from '../facts/facts.ts';
import { collectFindings, type RatedFinding } from '../features/diagnostics/collect.ts';
import type { PageView } from '../features/diagnostics/rule.ts';
import { createInlayHints } from '../features/inlayHints.ts';
import type { KnownLink, LinkView } from '../features/linkView.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ScannedDocument } from './documents.ts';
import type { EditorHabits } from './editorHabits.ts';
import { leanKnown } from './leanKnown.ts';

export interface KnowledgeParts {
  readonly facts: Facts;
  readonly workspace: Workspace;
  readonly locale: string;
  readonly habits?: (uri: string | null) => EditorHabits;
}

const UNKNOWN: Known<Summary> = { state: 'unknown' };
const IGNORED: Known<Summary> = { state: 'skipped', reason: 'ignored' };

export function knownLink(view: LinkView, facts: Facts): KnownLink {
  if (view.targets === null) return { ...view, page: UNKNOWN, domain: UNKNOWN };
  if (view.ignoredBy !== null) return { ...view, page: IGNORED, domain: IGNORED };
  return { ...view, page: facts.get(view.targets.page), domain: facts.get(view.targets.domain) };
}

export function findingsOf(document: ScannedDocument, { facts, workspace, locale, habits }: KnowledgeParts): RatedFinding[] {
  if (document.problem !== null) return [];
  return collectFindings({
    links: document.links.map((view) => knownLink(view, facts)),
    page: pageView(document, workspace),
    facts: document.scan.facts,
    editorChecksFiles: habits?.(document.uri).checksFiles ?? false,
    silent: document.silent,
    settings: document.settings,
    source: facts.info(),
    locale,
  });
}

/** Strengths after the links of a part of it; none unless the settings ask for them. */
export function hintsOf(document: ScannedDocument, text: string, within: Range, { facts, locale }: KnowledgeParts): InlayHint[] {
  if (!document.settings.inlayHints) return [];
  const shown = ({ targets, ignoredBy, range }: LinkView) =>
    targets !== null && ignoredBy === null && range.end.line >= within.start.line && range.start.line <= within.end.line;
  const links = document.links.filter(shown).map((view) => knownLink(view, facts));
  return createInlayHints({ links, text, within, locale, positionAt: (offset) => document.rangeOf(offset, offset).start });
}

/** A whole page's finding stands at its first line. */
function pageView(document: ScannedDocument, workspace: Workspace): PageView {
  const reach = document.settings.rules['orphan-page'] === 'off' ? null : workspace.reach(document.uri);
  const path = workspace.pathOf(document.uri);
  // Servers show a page for errors by themselves.
  const isStart = reach !== null && (reach.start === null || reach.start === path || /(?:^|\/)(?:404|50[03])\.[a-z]+$/i.test(path));
  const start = { line: 0, character: 0 };
  return { reach, isStart, range: { start, end: start } };
}

/** Links to one place whose ranges are told. */
const PLACES = 100;

/** The tree's view of a document: one entry for all links that lead to the same place. */
export function documentFactsOf(document: ScannedDocument, parts: KnowledgeParts): DocumentFacts {
  const findings = findingsOf(document, parts);
  const counts = new Map<LinkView['link'], number>();
  for (const { link } of findings) if (link !== null) counts.set(link.link, (counts.get(link.link) ?? 0) + 1);
  const groups = Map.groupBy(
    document.links.filter((view) => isListed(view)),
    ({ targets, local }) => targets?.page.id ?? local?.uri,
  );
  const links = [...groups.values()].map((views) => linkFacts(views, counts, parts)).filter((facts) => facts !== null);
  return { uri: document.uri, version: document.version, links, findings: findings.length, problem: document.problem };
}

/** Uses are listed, definitions are not: each use shows what its definition leads to. */
function isListed({ link, targets, local }: LinkView): boolean {
  return link.role !== 'definition' && (targets !== null || (link.role === 'hyperlink' && local !== null && !local.self));
}

function linkFacts(
  views: readonly LinkView[],
  findings: ReadonlyMap<LinkView['link'], number>,
  { facts, workspace }: KnowledgeParts,
): LinkFacts | null {
  const [first] = views;
  if (first === undefined) return null;
  const { link, range, targets, local, page, domain } = knownLink(first, facts);
  // While the folder is being read nobody knows how many pages link there.
  const backlinks = local === null || local.self ? null : workspace.linkCount(local.uri);
  return {
    range,
    url: link.url,
    text: link.text,
    count: views.length,
    places: views.slice(0, PLACES).map((view) => view.range),
    targets,
    page: leanKnown(page),
    domain: leanKnown(domain),
    local: local === null || backlinks === null ? null : { uri: local.uri, exists: local.exists !== false, backlinks },
    findings: views.reduce((sum, view) => sum + (findings.get(view.link) ?? 0), 0),
  };
}
