/**
 * The product as a library: links, facts, findings and reports of documents, without any message format of its own. The language server,
 * the command line and the tests all stand on it; it knows neither sources nor stores by name.
 */
import type { CodeAction, Diagnostic, Hover, InlayHint, Position, Range } from 'vscode-languageserver-protocol';
import type { Known, RowChange, RowPage, Summary, Target } from '../../shared/backlinks.ts';
import type { MoveOrder } from '../../shared/moves.ts';
import type { DocumentFacts, MoveEdits, Status, WorkspaceBacklink } from '../../shared/protocol.ts';
import type { Report, ReportFormat } from '../../shared/report.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Balance, Price, Usage } from '../../shared/spending.ts';
import type { Opportunities, ThisPage } from '../../shared/thisPage.ts';
import type { Facts } from './facts/facts.ts';
import { LensService } from './service/backlinkService.ts';
import type { EditorHabits } from './service/editorHabits.ts';
import type { LostKeeper } from './service/lost/keeper.ts';
import type { Log } from './util/log.ts';
import type { Workspace } from './workspace/workspace.ts';

/** What the host supplies. */
export interface ServiceParts {
  readonly facts: Facts;
  readonly workspace: Workspace;
  /** Settings that hold for a document, or for the window when there is none. */
  readonly settings: (uri: string | null) => Settings;
  /** True where git may be asked for pages of earlier commits: in folders that the user trusts. Absent: false. */
  readonly runsGit?: boolean;
  /** What the editor does there by itself; absent: nothing. */
  readonly habits?: (uri: string | null) => EditorHabits;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** BCP 47 tag for numbers and dates; English words stand in any case. */
  readonly locale: string;
  /** True when hovers may carry command links. */
  readonly commandLinks: boolean;
  /** True where hovers are read aloud: they then draw nothing. */
  readonly spoken?: boolean;
  /** True while the chosen source is remote and may not be asked before the user agrees. */
  readonly needsConsent?: () => boolean;
}

/** A document as its editor, or the disk, holds it. */
export interface DocumentText {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

export type ReportScope =
  | { readonly kind: 'document'; readonly uri: string }
  | { readonly kind: 'workspace' }
  /** Files on disk, open or not, under a title of the caller's choice. */
  | { readonly kind: 'files'; readonly uris: readonly string[]; readonly title: string }
  | { readonly kind: 'target'; readonly text: string };

/** How far a report has come: `done` of `total` steps of its present phase, with a sentence for people. */
export type ReportProgress = (done: number, total: number, message: string) => void;

/**
 * Says whether a look-up that is billed may be made, before anything is asked: true to make it, false to go on with what is known. Rejects
 * with an abort to give up the whole.
 */
export type Agree = (price: Price, what: 'document' | 'report', signal: AbortSignal) => Promise<boolean>;

export interface ServiceChange {
  /** Open documents, or just closed ones; empty with `knowledge`: everything may have changed. */
  readonly uris: readonly string[];
  /** Their own text, what is known of their links, or only what the status says. */
  readonly cause: 'text' | 'knowledge' | 'status';
}

/** What is looked up of a document. */
export interface LookUpPlace {
  /** Null for the whole. */
  readonly range: Range | null;
  /** The parts that are on the screen: their links go first. */
  readonly visible: readonly Range[];
}

/** Which rows of a target. */
export interface AskedRows {
  readonly offset: number;
  readonly limit: number;
  /** Those that came or went, instead of those that stand. */
  readonly changed?: RowChange | undefined;
}

export interface BacklinkService {
  /** A document was opened or changed: it is scanned when first asked for. */
  setDocument(document: DocumentText): void;
  /** The document will stay as it is for a moment: its targets are wanted now. */
  settle(uri: string): void;
  closeDocument(uri: string): void;
  /** Answers from memory in the same tick. Null where no link stands. */
  hover(uri: string, position: Position): Hover | null;
  /** Findings of an open document; empty for one that is not open, and nothing while unknown. */
  diagnostics(uri: string): Diagnostic[];
  /** Strength after the links of a range; empty unless the settings ask for it. */
  inlayHints(uri: string, range: Range): InlayHint[];
  /** Repairs and ignores for the given problems. */
  codeActions(uri: string, range: Range, diagnostics: readonly Diagnostic[]): CodeAction[];
  /** Null for a document that is not open. */
  documentFacts(uri: string): DocumentFacts | null;
  /** One page of a target's rows. Rejects with a source error. */
  rows(target: Target, page: AskedRows, signal: AbortSignal): Promise<RowPage>;
  /** Looks up a typed URL or domain now. Null when the text is no URL. */
  inspect(text: string, signal: AbortSignal): Promise<{ target: Target; facts: Known<Summary> } | null>;
  /**
   * Looks up a document, or its links inside a range, whatever `automatic` says.
   *
   * @param agree is told the price of a document first; absent, and for a range, it is simply looked up
   */
  lookUp(uri: string, place: LookUpPlace, signal: AbortSignal, agree?: Agree): Promise<{ asked: number }>;
  /**
   * Rejects with `url.invalid` for a target that is none, `input.unreadable` for a document that is not there, or for an abort.
   *
   * @param agree is told the price first; absent, everything is simply looked up
   */
  report(scope: ReportScope, progress: ReportProgress, signal: AbortSignal, agree?: Agree): Promise<Report>;
  /** A report as the text of a file. */
  renderReport(report: Report, format: ReportFormat): string;
  /** What the active source has cost so far; null without one. */
  usage(): Usage | null;
  /** Pages of the open folders' sites that are lost. Asks only what is on this machine. */
  readonly lost: LostKeeper;
  /** Before files are moved or deleted: who links there, which links follow, and the redirect. Asks no source that bills. */
  adviseMove(order: MoveOrder, signal: AbortSignal): Promise<MoveEdits>;
  /** What is left in its account, asked now; null where the source does not tell. Rejects with a source error. */
  balance(signal: AbortSignal): Promise<Balance | null>;
  /** What is known of a file; its own address is wanted by asking. Null outside every folder. */
  thisPage(uri: string): ThisPage | null;
  /** Pages that name this one without a link. Rejects for an abort alone. */
  opportunities(uri: string, signal: AbortSignal): Promise<Opportunities>;
  /** Pages that no other links to; null while the folders are being read. */
  alonePages(): readonly string[] | null;
  /** @param soFar also while the folder is still being read */
  workspaceBacklinks(uri: string, soFar?: boolean): { backlinks: readonly WorkspaceBacklink[]; pages: number } | null;
  status(): Status;
  /** Settings changed: everything is weighed again. */
  settingsChanged(): void;
  /** What is shown of some open documents may have changed. Once per change, in the tick of the change: the host coalesces. */
  onDidChange(listener: (change: ServiceChange) => void): { dispose(): void };
  close(): Promise<void>;
}

/** Nothing is read or asked before a document is set. Closing it closes the facts and the workspace it was given. */
export function createBacklinkService(parts: ServiceParts): BacklinkService {
  return new LensService(parts);
}
