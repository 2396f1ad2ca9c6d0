/** Gathers what a report needs: reads and scans the documents, has their targets looked up, and hands everything to the model. */
import * as l10n from '@vscode/l10n';
import type { Target } from '../../../shared/backlinks.ts';
import type { LinkUse, Report, ReportFinding, ReportProblem } from '../../../shared/report.ts';
import { lostPageMessage } from '../features/diagnostics/lostPage.ts';
import { clip } from '../features/safeMarkdown.ts';
import { sourceLine } from '../features/sourceLine.ts';
import { createReport, type TargetUse } from '../report/model.ts';
import type { Agree, ReportProgress, ReportScope, ServiceParts } from '../service.ts';
import { domainTarget, parseTarget } from '../urls/targets.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { type ScannedDocument, type ScanParts, scanDocument } from './documents.ts';
import { findingsOf } from './knowledge.ts';
import { findLost } from './lost/findLost.ts';
import { siteFileUri } from './moves/siteFiles.ts';
import type { OpenDocuments } from './openDocuments.ts';
import { mayCost, targetsOf } from './wants.ts';

/** What the service was given, and its memory of targets. */
export type ReportSources = ServiceParts & ScanParts;

/** What one report is made with: `agree` is told its price, where there is somebody to tell. */
type ReportParts = ReportSources & { readonly agree: Agree | undefined };

export async function collectReport(
  scope: ReportScope,
  parts: ReportParts,
  open: OpenDocuments,
  progress: ReportProgress,
  signal: AbortSignal,
): Promise<Report> {
  if (scope.kind === 'target') return targetReport(scope.text, parts, progress, signal);
  if (scope.kind !== 'document') await parts.workspace.whenReady(signal);
  const uris = scope.kind === 'document' ? [scope.uri] : scope.kind === 'files' ? scope.uris : parts.workspace.files();
  const title = scope.kind === 'document' ? parts.workspace.pathOf(scope.uri) : scope.kind === 'files' ? scope.title : l10n.t('Open folder');
  const problems: ReportProblem[] = [];
  const documents: ScannedDocument[] = [];
  for (const [index, uri] of uris.entries()) {
    signal.throwIfAborted();
    progress(index, uris.length, l10n.t('Reading {0}', clip(parts.workspace.pathOf(uri), 80)));
    try {
      const document = open.scanned(uri) ?? (await readDocument(uri, parts, signal));
      documents.push(document);
      if (document.problem !== null) problems.push({ file: parts.workspace.pathOf(uri), code: 'input.too-large', message: document.problem });
    } catch (error) {
      if (!BacklinkLensError.is(error) || scope.kind === 'document') throw error;
      problems.push({ file: parts.workspace.pathOf(uri), code: error.code, message: error.message });
    }
  }
  await wantAll(parts, targetsOf(documents.flatMap((document) => document.links)), progress, signal);
  return createReport({
    ...frame(parts, title),
    files: uris.length,
    links: documents.reduce((sum, document) => sum + document.links.filter(({ link }) => link.role === 'hyperlink').length, 0),
    uses: documents.flatMap((document) => usesOf(document, parts)),
    findings: [...(await lostFindings(scope, parts, signal)), ...documents.flatMap((document) => reportFindings(document, parts))],
    problems,
  });
}

async function targetReport(text: string, parts: ReportParts, progress: ReportProgress, signal: AbortSignal): Promise<Report> {
  const page = parseTarget(text);
  const domain = page === null ? null : domainTarget(page.kind === 'page' ? page.name : `https://${page.name}`);
  if (page === null || domain === null) {
    throw new BacklinkLensError('url.invalid', `"${clip(text, 200)}" is no URL or domain. Write it like example.com or https://example.com/page.`);
  }
  await wantAll(parts, page.id === domain.id ? [page] : [page, domain], progress, signal);
  return createReport({ ...frame(parts, page.name), files: 0, links: 0, uses: [], targets: [{ page, domain }], findings: [], problems: [] });
}

function frame({ facts, clock, locale }: ServiceParts, title: string) {
  const now = clock();
  return {
    title,
    createdAt: new Date(now),
    source: sourceLine(facts.info(), facts.health(), now, locale),
    factsOf: (target: Target) => facts.get(target),
  };
}

async function readDocument(uri: string, parts: ReportSources, signal: AbortSignal): Promise<ScannedDocument> {
  const text = await parts.workspace.read(uri, signal);
  return scanDocument({ uri, languageId: '', version: 0, text }, parts);
}

/** All in one want, so that every call to the source but the last is full. */
async function wantAll(parts: ReportParts, targets: readonly Target[], progress: ReportProgress, signal: AbortSignal): Promise<void> {
  if (!(await mayCost(parts, targets, 'report', signal))) return;
  const { facts } = parts;
  const open = new Set(targets.map(({ id }) => id));
  const tell = () => progress(targets.length - open.size, targets.length, l10n.t('Looking up {0} targets', targets.length));
  tell();
  const subscription = facts.onDidChange((changed) => {
    for (const target of changed.length === 0 ? targets : changed) if (!/^(?:pending|unknown)$/.test(facts.get(target).state)) open.delete(target.id);
    tell();
  });
  try {
    await facts.want(targets, { priority: 'workspace', asked: true, signal });
  } finally {
    subscription.dispose();
  }
}

function usesOf({ uri, links }: ScannedDocument, { workspace }: ServiceParts): TargetUse[] {
  const file = workspace.pathOf(uri);
  return links.flatMap(({ link, targets, range, ignoredBy }) => {
    if (targets === null || ignoredBy !== null || link.role === 'definition') return [];
    return [{ ...targets, use: { file, uri, ...range.start, text: link.text } }];
  });
}

/** What a site as a whole has lost belongs to the report on its folder, not to that on some of its files. It stands at the file that would hold the redirects. */
async function lostFindings(scope: ReportScope, parts: ReportParts, signal: AbortSignal): Promise<ReportFinding[]> {
  const whole = scope.kind === 'workspace' || (scope.kind === 'files' && scope.uris.length >= parts.workspace.pages());
  if (!whole) return [];
  return (await findLost(parts, signal)).flatMap(({ folder, place, pages }) => {
    const severity = parts.settings(folder).rules['lost-page'];
    const file = place?.file?.path ?? '';
    const use: LinkUse = { file: file === '' ? '.' : file, uri: file === '' ? folder : siteFileUri(folder, file), line: 0, character: 0, text: '' };
    return severity === 'off'
      ? []
      : pages.map((page) => ({ rule: 'lost-page' as const, severity, message: lostPageMessage(page, parts.locale), use }));
  });
}

function reportFindings(document: ScannedDocument, parts: ServiceParts): ReportFinding[] {
  const file = parts.workspace.pathOf(document.uri);
  return findingsOf(document, parts).map(({ rule, severity, finding, link }) => {
    const use: LinkUse = { file, uri: document.uri, ...finding.range.start, text: link?.link.text ?? '' };
    return { rule, severity, message: finding.message, use };
  });
}
