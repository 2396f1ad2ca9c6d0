/** Every message between client and server beyond LSP itself, grouped by direction: who sends it, when, and what comes back. */
import { NotificationType, type Range, RequestType, type WorkspaceEdit } from 'vscode-languageserver-protocol';
import type { Known, RowChange, RowPage, Summary, Target, TargetKind } from './backlinks.ts';
import type { LostPages, MoveAdvice, MoveOrder } from './moves.ts';
import type { Report, ReportFormat } from './report.ts';
import type { RuleCode } from './rules.ts';
import type { SourceId } from './sources.ts';
import type { CostUnit, Price, Usage } from './spending.ts';
import type { Opportunities, ThisPage } from './thisPage.ts';

// ---------------------------------------------------------------- shapes

/**
 * Every link of an open document that leads to one place, with what is known of it, for the tree. One entry a place, because a document
 * may link to it a hundred thousand times; and the summaries come without their lists (`forms`, `topAnchors`, `viaRedirect`, `strongest` are null).
 */
export interface LinkFacts {
  /** The first of them in the document. */
  readonly range: Range;
  /** As written there. */
  readonly url: string;
  readonly text: string;
  /** How many there are. */
  readonly count: number;
  /** Where they stand, in the document's order; at most 100. */
  readonly places: readonly Range[];
  readonly targets: { readonly page: Target; readonly domain: Target } | null;
  readonly page: Known<Summary>;
  readonly domain: Known<Summary>;
  /** Set for links to a file of the open folder. */
  readonly local: { readonly uri: string; readonly exists: boolean; readonly backlinks: number } | null;
  /** Findings at all of them. */
  readonly findings: number;
}

export interface DocumentFacts {
  readonly uri: string;
  readonly version: number;
  readonly links: readonly LinkFacts[];
  readonly findings: number;
  /** Why the document was not scanned: too large, say. */
  readonly problem: string | null;
  /** Names this answer: asked for with it as `since`, the next one may be told as a change of this one. Absent where nobody asked for that. */
  readonly revision?: number;
  /** True where `links` holds only those that are others than in the revision that was named; what they are the links of is the same. */
  readonly partial?: boolean;
}

/** A link inside the open folder that points to a file of it. */
export interface WorkspaceBacklink {
  readonly uri: string;
  readonly range: Range;
  readonly text: string;
}

/** What stands in the language status item. One state at a time, most pressing first. */
export type StatusState =
  | 'ready'
  | 'looking-up'
  | 'throttled'
  /** Asked nothing for a while, after failure upon failure. */
  | 'paused'
  | 'offline'
  | 'needs-key'
  | 'needs-consent'
  | 'budget'
  /** The account at the source is empty: its own limit, not ours. */
  | 'quota'
  | 'index-problem'
  | 'no-source'
  | 'too-large';

export interface Status {
  readonly state: StatusState;
  readonly known: number;
  readonly total: number;
  /** A whole sentence: what is the case and what to do. */
  readonly detail: string;
  /** Source and age, as in a hover's last line. */
  readonly source: string;
  /** What the active source has cost today and what is left; null without a source. */
  readonly usage: Usage | null;
  /** Epoch milliseconds at which a source that is left alone is asked again; null where none is or a person must act first. */
  readonly retryAt: number | null;
}

/** A source as the picker and the command line list it. */
export interface SourceOffer {
  readonly id: SourceId;
  readonly label: string;
  /** Where targets are sent, with its port if it is not the usual one; null for what stays on this machine. */
  readonly host: string | null;
  /** True where no reply of the real service could be captured. */
  readonly experimental: boolean;
  /** Names of the Backlink fields that its rows fill; empty where it gives no rows. */
  readonly fields: readonly string[];
  /** Kinds of targets that it answers. */
  readonly targetKinds: readonly TargetKind[];
  /** What asking costs; null where it is free. */
  readonly cost: {
    readonly unit: CostUnit;
    readonly perCall: number;
    readonly perTarget: number;
    readonly perPage: number;
    readonly perRow: number;
    /** The least that any call costs. */
    readonly atLeast?: number;
  } | null;
  /** Targets a call. */
  readonly batch: number;
  /** What is still missing before it can be asked, besides a key; null when nothing is. */
  readonly missing: string | null;
}

/** Handed over as initializationOptions, so that secrets never pass through settings. */
export interface InitializationOptions {
  readonly settings?: unknown;
  readonly credentials?: Credentials | undefined;
  /** False in Restricted Mode: the settings' paths and endpoints are then left alone. */
  readonly trusted?: boolean | undefined;
  /** Folder of the extension's own where facts are kept across restarts; without one nothing is. */
  readonly storage?: string | undefined;
  /** BCP 47 tag of the editor's language. */
  readonly locale?: string | undefined;
  /** Proxy and certificate settings of the editor. */
  readonly http?: HttpSettings | undefined;
  /** True when the client runs the command links of hovers (COMMANDS, none else); without it hovers carry none. */
  readonly commandLinks?: boolean | undefined;
  /** True for a user whose screen reader would read every box of a bar: strengths are then numbers alone. */
  readonly spoken?: boolean | undefined;
  /** True when the client answers agreeRequest. */
  readonly asksPrice?: boolean | undefined;
}

/** Keys by source id; `id` is empty where there is a key alone. */
export type Credentials = Readonly<Record<string, { readonly id: string; readonly secret: string }>>;

export interface HttpSettings {
  readonly proxy?: string | undefined;
  readonly noProxy?: readonly string[] | undefined;
  readonly strictSSL?: boolean | undefined;
  /** Trust the operating system's certificates, too. */
  readonly systemCertificates?: boolean | undefined;
  /** Path of a PEM file with certificates to trust besides; a setting of ours. */
  readonly caFile?: string | undefined;
  /** Sent to the proxy as its Proxy-Authorization, in place of a name and password in its address. */
  readonly proxyAuthorization?: string | undefined;
}

/** What an index is made of. Everything here is a path or an address of the user's own choice. */
export interface IndexOrder {
  /** File path of the index. */
  readonly out: string;
  /** Adds to the index that is there; otherwise one is built, and replaces it when it is whole. */
  readonly addition: boolean;
  /** Paths and http(s) addresses of archives, exports, lists and folders. */
  readonly inputs: readonly string[];
  /** Address on the web of a folder that holds one site. */
  readonly baseUrl?: string | undefined;
  /** Start address of a site to crawl. */
  readonly crawl?: string | undefined;
}

/** What became of it. */
export interface MadeIndex {
  readonly file: string;
  readonly pages: number;
  readonly links: number;
  /** Domains whose ranks it holds. */
  readonly rankedDomains: number;
  /** Inputs that are in now and were not before. */
  readonly added: number;
  /** Sentences on inputs that could not be read whole, and on those that were in already. */
  readonly problems: readonly string[];
  readonly skipped: readonly string[];
  /** True when the user stopped it: the index then holds what was read until then. */
  readonly stopped: boolean;
}

// ---------------------------------------------------------------- client to server: requests

/** Lost pages as they were last found, or found anew; nothing is looked up at a source that is not on this machine. */
export const lostPagesRequest = new RequestType<{ again: boolean }, LostPages, void>('backlinkLens/lostPages');

/** The edit that redirects a lost page; null where none can be made safely. */
export const redirectLostRequest = new RequestType<{ folder: string; url: string; unsaved: MoveOrder['unsaved'] }, WorkspaceEdit | null, void>(
  'backlinkLens/redirectLost',
);

export type MoveEdits = MoveAdvice<WorkspaceEdit>;

/** Before files are renamed, moved or deleted: who links there, which links follow, and the redirect that can be written. Asks no source that bills. */
export const moveRequest = new RequestType<MoveOrder, MoveEdits, void>('backlinkLens/move');

/**
 * The tree asks for a document's links and what is known of each; nothing is looked up by asking. `since` is the revision that is there already,
 * 0 for none: the answer then bears one, too, and may hold only what changed.
 */
export const documentFactsRequest = new RequestType<{ uri: string; since?: number }, DocumentFacts | null, void>('backlinkLens/documentFacts');

/** The tree and the report ask for one page of a target's rows, or of those that came or went since a day; this does ask the source. */
export const rowsRequest = new RequestType<{ target: Target; offset: number; limit: number; changed?: RowChange }, RowPage, void>(
  'backlinkLens/rows',
);

/** A typed URL or domain: its target and summary, looked up now. Null when the text is no URL. */
export const inspectRequest = new RequestType<{ text: string }, { target: Target; facts: Known<Summary> } | null, void>('backlinkLens/inspect');

/**
 * The user asks for this document, or one link of it, to be looked up now, whatever `automatic` says. The links in `visible`, the parts of it on
 * the screen, go first.
 */
export const lookUpRequest = new RequestType<{ uri: string; range?: Range; visible?: readonly Range[] }, { asked: number }, void>(
  'backlinkLens/lookUp',
);

/**
 * What the active source has cost so far; `balance` asks the source for what is left, where it tells that for free. Null without a source.
 */
export const usageRequest = new RequestType<{ balance: boolean }, Usage | null, void>('backlinkLens/usage');

/** Forgets what was looked up, of every source, in memory and on disk; what was spent stays counted. */
export const forgetRequest = new RequestType<Record<string, never>, void, void>('backlinkLens/forget');

/**
 * The forms in which URLs may be shown outside this machine, in their order: without user names, passwords and fragments. Null for those that may
 * not: private hosts, and URLs that look as if they held a secret.
 */
export const disclosableRequest = new RequestType<{ urls: readonly string[] }, readonly (string | null)[], void>('backlinkLens/disclosable');

/** Every source there is, for the picker. */
export const sourcesRequest = new RequestType<Record<string, never>, readonly SourceOffer[], void>('backlinkLens/sources');

/** A report on one document, the whole folder, or a typed URL or domain; supports work-done progress and cancel. */
export const reportRequest = new RequestType<
  { scope: { kind: 'document'; uri: string } | { kind: 'workspace' } | { kind: 'target'; text: string }; workDoneToken?: string | number },
  Report,
  void
>('backlinkLens/report');

/** A report that the client has, as the text of a file. */
export const renderReportRequest = new RequestType<{ report: Report; format: ReportFormat }, string, void>('backlinkLens/renderReport');

/**
 * Builds an index or adds to one, in a process of its own; supports work-done progress. A cancellation stops the reading: what is whole is
 * written, and the answer says so; where nothing is, the request fails as cancelled.
 */
export const makeIndexRequest = new RequestType<IndexOrder & { workDoneToken?: string | number }, MadeIndex, void>('backlinkLens/makeIndex');

/** Who links to this file inside the open folder; `soFar` while it is still being read, else the answer is null then. */
export const workspaceBacklinksRequest = new RequestType<
  { uri: string; soFar?: boolean },
  { backlinks: readonly WorkspaceBacklink[]; pages: number } | null,
  void
>('backlinkLens/workspaceBacklinks');

/** The view *This Page* asks for what is known of a file; sources that are free are asked for it. Null for a file outside every folder. */
export const thisPageRequest = new RequestType<{ uri: string }, ThisPage | null, void>('backlinkLens/thisPage');

/** Pages of the folder that name this page without linking to it, the most linked first. Reads their files: for somebody who asked. */
export const opportunitiesRequest = new RequestType<{ uri: string }, Opportunities, void>('backlinkLens/opportunities');

/** URIs of the pages that no other page of the folders links to; null while they are still being read. */
export const alonePagesRequest = new RequestType<Record<string, never>, readonly string[] | null, void>('backlinkLens/alonePages');

/** The present status, once after start; later ones come as notifications. */
export const statusRequest = new RequestType<Record<string, never>, Status, void>('backlinkLens/status');

// ---------------------------------------------------------------- client to server: notifications

/** The user set, changed or deleted a key. */
export const credentialsNotification = new NotificationType<Credentials>('backlinkLens/credentials');

/** Consent was given or withdrawn for sending this folder's targets to a remote source at one host (with its port, if it is not the usual one). */
export const consentNotification = new NotificationType<{ source: string; host: string; given: boolean }>('backlinkLens/consent');

// ---------------------------------------------------------------- server to client: notifications

/** Facts of these documents changed; sent coalesced. Empty: everything may have changed. */
export const factsChangedNotification = new NotificationType<{ uris: readonly string[] }>('backlinkLens/factsChanged');

/** Lost pages were found, or are there no more: whoever shows them asks again. */
export const lostPagesChangedNotification = new NotificationType<Record<string, never>>('backlinkLens/lostPagesChanged');

/** The status item changed. */
export const statusNotification = new NotificationType<Status>('backlinkLens/statusChanged');

// ---------------------------------------------------------------- server to client: requests

/**
 * Before a document, a folder or a report is looked up at a source that bills: may it? Only asked where the client said that it answers
 * (`asksPrice`); the standard `window/showMessageRequest` is, elsewhere.
 */
export const agreeRequest = new RequestType<{ what: 'document' | 'report'; source: string; price: Price }, Agreement, void>('backlinkLens/agree');

/** `go` looks up, `known` makes a report of what is known, `cancel` gives up the whole. */
export type Agreement = 'go' | 'known' | 'cancel';

// ---------------------------------------------------------------- reserved words

/** Commands that a hover or code action may name; the client trusts no other. */
export const COMMANDS = {
  showBacklinks: 'backlinkLens.showBacklinks',
  lookUp: 'backlinkLens.lookUpDocument',
  createReport: 'backlinkLens.createReport',
  inspect: 'backlinkLens.inspect',
  setKey: 'backlinkLens.setKey',
  ignore: 'backlinkLens.ignore',
  chooseSource: 'backlinkLens.chooseSource',
  chooseIndex: 'backlinkLens.chooseIndex',
  showUsage: 'backlinkLens.showUsage',
  fetchRanks: 'backlinkLens.fetchRanks',
  addExport: 'backlinkLens.addExport',
  crawlSite: 'backlinkLens.crawlSite',
} as const;

/**
 * What the commands above are called with, as one argument each; those that it does not name take none. Command links of hovers
 * carry it as a JSON array of one.
 */
export interface CommandArguments {
  /** Rows of a target from the web, or, with `uri`, the pages of the open folder that link to this file. */
  readonly showBacklinks: { readonly target: Target } | { readonly uri: string };
  /** A whole document, or the link at `range`. */
  readonly lookUp: { readonly uri: string; readonly range?: Range };
  readonly inspect: { readonly text: string };
  /** Id of the source whose key is wanted. */
  readonly setKey: { readonly source: string };
  readonly ignore: IgnoreArguments;
}

/**
 * A settings edit in the folder of `uri`: `add` puts a pattern into `ignore`, `remove` takes it out, `rule` sets a rule to off, `lost` puts a path into
 * `lostPages.exclude`.
 */
export type IgnoreArguments =
  | { readonly uri: string; readonly kind: 'add' | 'remove' | 'lost'; readonly pattern: string }
  | { readonly uri: string; readonly kind: 'rule'; readonly rule: RuleCode };
