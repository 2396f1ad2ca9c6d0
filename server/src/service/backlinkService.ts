/** The service itself: open documents in, answers out. Each answer is a few lines into the room that knows. */
import type { CodeAction, Diagnostic, Hover, InlayHint, Position, Range } from 'vscode-languageserver-protocol';
import { type Known, lastKnown, type RowPage, type Summary, type Target } from '../../../shared/backlinks.ts';
import type { MoveOrder } from '../../../shared/moves.ts';
import type { DocumentFacts, MoveEdits, Status, WorkspaceBacklink } from '../../../shared/protocol.ts';
import type { Report, ReportFormat } from '../../../shared/report.ts';
import type { Balance, CostUnit, Usage } from '../../../shared/spending.ts';
import type { Opportunities, ThisPage } from '../../../shared/thisPage.ts';
import { toDiagnostic } from '../features/diagnostics/collect.ts';
import { createHover } from '../features/hover/hover.ts';
import type { LinkView } from '../features/linkView.ts';
import { computeStatus } from '../features/status.ts';
import { renderReport } from '../report/render.ts';
import type {
  Agree,
  AskedRows,
  BacklinkService,
  DocumentText,
  LookUpPlace,
  ReportProgress,
  ReportScope,
  ServiceChange,
  ServiceParts,
} from '../service.ts';
import { createTargetMemo } from '../urls/targetMemo.ts';
import { parseTarget } from '../urls/targets.ts';
import { createEmitter, type Emitter } from '../util/emitter.ts';
import { isAbort } from '../util/errors.ts';
import { collectReport, type ReportSources } from './collectReport.ts';
import type { ScannedDocument } from './documents.ts';
import { documentFactsOf, findingsOf, hintsOf, knownLink } from './knowledge.ts';
import { createLostKeeper, type LostKeeper } from './lost/keeper.ts';
import { adviseMove } from './moves/advise.ts';
import { createOpenDocuments, type OpenDocuments } from './openDocuments.ts';
import { findOpportunities } from './opportunities.ts';
import { quickFixes } from './quickFixes.ts';
import { contains, overlaps } from './ranges.ts';
import { ownTarget, thisPageOf } from './thisPage.ts';
import { createWants, mayCost, targetsOf, type Wants } from './wants.ts';

export class LensService implements BacklinkService {
  readonly lost: LostKeeper;
  readonly #parts: ReportSources;
  readonly #open: OpenDocuments;
  readonly #wants: Wants;
  readonly #changes: Emitter<ServiceChange>;
  readonly #subscriptions: readonly { dispose(): void }[];
  readonly #closing = new AbortController();

  constructor(parts: ServiceParts) {
    this.#parts = { ...parts, targetsOf: createTargetMemo() };
    this.lost = createLostKeeper(parts);
    this.#changes = createEmitter((error) => parts.log.error(String(error)));
    this.#wants = createWants(parts.facts, parts.log);
    this.#open = createOpenDocuments(this.#parts, (scanned) => this.#scanned(scanned));
    this.#subscriptions = [
      parts.facts.onDidChange((targets) => this.#factsChanged(targets)),
      parts.workspace.onDidChange(() => this.#folderChanged()),
    ];
  }

  setDocument(document: DocumentText): void {
    this.#open.set(document);
    this.#changes.emit({ uris: [document.uri], cause: 'text' });
  }

  settle(uri: string): void {
    const scanned = this.#open.scanned(uri);
    if (scanned !== null) this.#wants.update(uri, scanned.links);
  }

  closeDocument(uri: string): void {
    this.#open.remove(uri);
    this.#wants.release(uri);
    this.#parts.workspace.setClosed(uri);
    this.#changes.emit({ uris: [uri], cause: 'text' });
  }

  hover(uri: string, position: Position): Hover | null {
    const view = this.#linkAt(uri, position);
    if (view === null) return null;
    const { facts, workspace, clock, locale, commandLinks, spoken = false } = this.#parts;
    const { targets, local } = view;
    const usage = facts.usage();
    if (targets !== null && view.ignoredBy === null) this.#want([targets.page, targets.domain]);
    return createHover({
      uri,
      view: knownLink(view, facts),
      reach: local === null || local.exists === false ? null : workspace.reach(local.uri),
      uses: { page: targets === null ? null : workspace.uses(targets.page), domain: targets === null ? null : workspace.uses(targets.domain) },
      pathOf: (file) => workspace.pathOf(file),
      source: facts.info(),
      health: facts.health(),
      linkCost: linkCostOf(usage),
      budget: usage?.budget == null ? null : { amount: usage.budget.perDay, unit: usage.unit },
      spoken,
      now: clock(),
      locale,
      commandLinks,
    });
  }

  diagnostics(uri: string): Diagnostic[] {
    const document = this.#open.scanned(uri);
    return document === null ? this.lost.diagnostics(uri) : findingsOf(document, this.#parts).map(toDiagnostic);
  }

  inlayHints(uri: string, range: Range): InlayHint[] {
    const [document, text] = [this.#open.scanned(uri), this.#open.text(uri)];
    return document === null || text === null ? [] : hintsOf(document, text.text, range, this.#parts);
  }

  codeActions(uri: string, range: Range, diagnostics: readonly Diagnostic[]): CodeAction[] {
    const [document, text] = [this.#open.scanned(uri), this.#open.text(uri)];
    if (document === null || text === null) return this.lost.codeActions(uri, diagnostics);
    return quickFixes(document, text, range, diagnostics);
  }

  documentFacts(uri: string): DocumentFacts | null {
    const document = this.#open.scanned(uri);
    return document === null ? null : documentFactsOf(document, this.#parts);
  }

  async rows(target: Target, page: AskedRows, signal: AbortSignal): Promise<RowPage> {
    return this.#parts.facts.rows(target, { ...page, internal: this.#parts.settings(null).internal }, signal);
  }

  async inspect(text: string, signal: AbortSignal): Promise<{ target: Target; facts: Known<Summary> } | null> {
    const target = parseTarget(text);
    if (target === null) return null;
    await this.#parts.facts.want([target], { priority: 'hovered', asked: true, signal });
    return { target, facts: this.#parts.facts.get(target) };
  }

  async lookUp(uri: string, { range, visible }: LookUpPlace, signal: AbortSignal, agree?: Agree): Promise<{ asked: number }> {
    const links = this.#open.scanned(uri)?.links ?? [];
    const within = (parts: readonly Range[]) => targetsOf(links.filter((view) => parts.some((part) => overlaps(view.range, part))));
    const targets = range === null ? targetsOf(links) : within([range]);
    if (range === null && !(await mayCost({ ...this.#parts, agree }, targets, 'document', signal))) return { asked: 0 };
    const { facts } = this.#parts;
    await Promise.all([
      facts.want(within(visible), { priority: 'visible', asked: true, signal }),
      facts.want(targets, { priority: range === null ? 'document' : 'hovered', asked: true, signal }),
    ]);
    return { asked: targets.length };
  }

  async report(scope: ReportScope, progress: ReportProgress, signal: AbortSignal, agree?: Agree): Promise<Report> {
    return collectReport(scope, { ...this.#parts, agree }, this.#open, progress, signal);
  }

  async adviseMove(order: MoveOrder, signal: AbortSignal): Promise<MoveEdits> {
    return adviseMove(order, this.#parts, this.#open, signal);
  }

  renderReport(report: Report, format: ReportFormat): string {
    return renderReport(report, format, this.#parts.locale);
  }

  usage(): Usage | null {
    return this.#parts.facts.usage();
  }

  async balance(signal: AbortSignal): Promise<Balance | null> {
    return await this.#parts.facts.balance(signal);
  }

  thisPage(uri: string): ThisPage | null {
    const page = thisPageOf(uri, this.#parts);
    if (page?.web != null) this.#want([page.web.target]);
    return page;
  }

  async opportunities(uri: string, signal: AbortSignal): Promise<Opportunities> {
    return findOpportunities(uri, this.#parts, this.#open, signal);
  }

  alonePages(): readonly string[] | null {
    return this.#parts.workspace.orphans();
  }

  workspaceBacklinks(uri: string, soFar = false): { backlinks: readonly WorkspaceBacklink[]; pages: number } | null {
    const reach = this.#parts.workspace.reach(uri, soFar);
    return reach === null ? null : { backlinks: reach.backlinks, pages: this.#parts.workspace.pages() };
  }

  status(): Status {
    const { facts, clock, locale, needsConsent } = this.#parts;
    const documents = [...this.#open.uris()].map((uri) => this.#open.scanned(uri)).filter((document) => document !== null);
    const known = targetsOf(documents.flatMap((document) => document.links)).map((target) => facts.get(target));
    const learned = known.flatMap((fact) => lastKnown(fact)?.at ?? []);
    return computeStatus({
      health: facts.health(),
      source: facts.info(),
      known: learned.length,
      oldest: learned.reduce<number | null>((oldest, at) => (oldest === null || at < oldest ? at : oldest), null),
      pending: known.filter((fact) => fact.state === 'pending').length,
      total: known.filter((fact) => fact.state !== 'skipped' || fact.reason === 'manual' || fact.reason === 'budget').length,
      tooLarge: documents.find((document) => document.problem !== null)?.problem ?? null,
      needsConsent: needsConsent?.() ?? false,
      usage: this.usage(),
      now: clock(),
      locale,
    });
  }

  settingsChanged(): void {
    this.#open.settingsChanged();
    this.#wants.reset();
    for (const uri of this.#open.uris()) this.settle(uri);
    this.#changes.emit({ uris: [...this.#open.uris()], cause: 'knowledge' });
  }

  onDidChange(listener: (change: ServiceChange) => void): { dispose(): void } {
    return this.#changes.on(listener);
  }

  async close(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#closing.abort();
    for (const uri of this.#open.uris()) this.#wants.release(uri);
    this.#parts.workspace.close();
    await this.#parts.facts.close();
  }

  /** The innermost link: an image inside a link has its own. */
  #linkAt(uri: string, position: Position): LinkView | null {
    const found = this.#open.scanned(uri)?.links.filter((view) => contains(view.range, position)) ?? [];
    return found.reduce<LinkView | null>((best, view) => (best === null || size(view) < size(best) ? view : best), null);
  }

  #want(targets: readonly Target[]): void {
    this.#parts.facts.want(targets, { priority: 'hovered', asked: false, signal: this.#closing.signal }).catch((error: unknown) => {
      if (!isAbort(error)) this.#parts.log.error(`Look-up failed: ${String(error)}`);
    });
  }

  #scanned({ uri, scan, rangeOf }: ScannedDocument): void {
    this.#parts.workspace.setOpen(uri, this.#open.text(uri)?.text ?? '', scan, rangeOf);
  }

  #folderChanged(): void {
    this.#open.folderChanged();
    // Files that are known now have addresses now. Links to elsewhere wait until typing has settled.
    for (const uri of this.#open.uris()) this.#wants.update(uri, this.#open.scanned(uri)?.links.filter(({ local }) => local !== null) ?? []);
    this.#changes.emit({ uris: [...this.#open.uris()], cause: 'knowledge' });
  }

  #factsChanged(targets: readonly Target[]): void {
    const ids = new Set(targets.map(({ id }) => id));
    const touched = [...this.#open.uris()].filter((uri) => this.#mentions(uri, ids));
    // A report asks for thousands of targets that no open document has: the source's health may differ, nothing else.
    const cause = ids.size === 0 || touched.length > 0 ? 'knowledge' : 'status';
    this.#changes.emit({ uris: touched, cause });
  }

  #mentions(uri: string, ids: ReadonlySet<string>): boolean {
    const own = ownTarget(uri, this.#parts);
    if (own !== null && ids.has(own.id)) return true;
    const links = this.#open.scanned(uri)?.links ?? [];
    return links.some(({ targets }) => targets !== null && (ids.has(targets.page.id) || ids.has(targets.domain.id)));
  }
}

function linkCostOf(usage: Usage | null): { readonly amount: number; readonly unit: CostUnit } | null {
  return usage === null || usage.free || !usage.source.remote ? null : { amount: usage.perLink, unit: usage.unit };
}

function size({ link }: LinkView): number {
  return link.span.end - link.span.start;
}
