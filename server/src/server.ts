/** LSP wiring: every handler is a line or two into the service. Nothing is decided here. */
import {
  CodeActionKind,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type ServerCapabilities,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import * as protocol from '../../shared/protocol.ts';
import type { ActiveSource } from './lsp/activeSource.ts';
import type { ClientTraits } from './lsp/clientTraits.ts';
import { wireLostPages } from './lsp/lostPages.ts';
import type { IndexMaker } from './lsp/makeIndex.ts';
import { FILE_OPERATIONS, wireMoves } from './lsp/moves.ts';
import { startPublisher } from './lsp/publisher.ts';
import { createRunner, FAIL } from './lsp/runner.ts';
import { createToldFacts } from './lsp/toldFacts.ts';
import type { Agree, BacklinkService, DocumentText } from './service.ts';
import { forShowing } from './urls/privacy.ts';
import type { Clock } from './util/clock.ts';
import { coalesce } from './util/coalesce.ts';
import type { Log } from './util/log.ts';

export interface ServerParts {
  readonly connection: Connection;
  readonly service: BacklinkService;
  readonly source: ActiveSource;
  readonly traits: ClientTraits;
  readonly clock: Clock;
  readonly log: Log;
  readonly makeIndex: IndexMaker;
  /** Tells the user the price of a look-up. */
  readonly agree: Agree;
  /** Resolves when the editor's settings and folders are in force; what is asked right after the start waits for it. */
  readonly settled: () => Promise<void>;
}

export function serverCapabilities(traits: ClientTraits): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    inlayHintProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    ...(traits.pullsDiagnostics && {
      diagnosticProvider: { identifier: 'backlinkLens', interFileDependencies: true, workspaceDiagnostics: false },
    }),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true }, fileOperations: FILE_OPERATIONS },
  };
}

/** Answers everything that the editor may ask from now on. */
export function wireServer(parts: ServerParts): { dispose(): void } {
  const documents = new TextDocuments(TextDocument);
  const publisher = startPublisher({ ...parts, documents });
  const settling = wireDocuments(parts, documents);
  const lost = wireLostPages({ ...parts, run: createRunner(parts.log) });
  wireFeatures(parts);
  wireRequests(parts);
  parts.connection.onNotification(protocol.credentialsNotification, (credentials) => {
    parts.source.setCredentials(credentials);
    parts.service.settingsChanged();
  });
  parts.connection.onNotification(protocol.consentNotification, (consent) => {
    parts.source.setConsent(consent);
    parts.service.settingsChanged();
  });
  documents.listen(parts.connection);
  return {
    dispose() {
      publisher.dispose();
      settling.dispose();
      lost.dispose();
    },
  };
}

/** Milliseconds of quiet in typing before a new URL is looked up: half of one is no target. */
const SETTLE = 400;

function wireDocuments({ service, clock }: ServerParts, documents: TextDocuments<TextDocument>): { dispose(): void } {
  let touched = new Set<string>();
  const settle = coalesce(
    () => {
      const uris = touched;
      touched = new Set();
      for (const uri of uris) service.settle(uri);
    },
    SETTLE,
    clock,
  );
  // The first of these two also comes with the second: a document that was just opened is set already.
  documents.onDidChangeContent(({ document }) => {
    service.setDocument(toText(document));
    touched.add(document.uri);
    settle();
  });
  documents.onDidOpen(({ document }) => service.settle(document.uri));
  documents.onDidClose(({ document }) => service.closeDocument(document.uri));
  return settle;
}

function toText(document: TextDocument): DocumentText {
  return { uri: document.uri, languageId: document.languageId, version: document.version, text: document.getText() };
}

function wireFeatures({ connection, service, log }: ServerParts): void {
  const run = createRunner(log);
  connection.onHover(async ({ textDocument, position }, token) => run('hover', token, null, () => service.hover(textDocument.uri, position)));
  connection.onCodeAction(async ({ textDocument, range, context }, token) =>
    run('code actions', token, [], () => service.codeActions(textDocument.uri, range, context.diagnostics)),
  );
  connection.languages.inlayHint.on(async ({ textDocument, range }, token) =>
    run('inlay hints', token, [], () => service.inlayHints(textDocument.uri, range)),
  );
  connection.languages.diagnostics.on(async ({ textDocument }, token) =>
    run('diagnostics', token, fullReport([]), () => fullReport(service.diagnostics(textDocument.uri))),
  );
}

function fullReport(items: Diagnostic[]): DocumentDiagnosticReport {
  return { kind: 'full', items };
}

function wireRequests(parts: ServerParts): void {
  const { connection, service, log, settled } = parts;
  const run = createRunner(log);
  const told = createToldFacts();
  connection.onRequest(protocol.documentFactsRequest, async ({ uri, since }, token) =>
    run('document facts', token, null, () => told.tell(uri, service.documentFacts(uri), since)),
  );
  connection.onRequest(protocol.rowsRequest, async ({ target, ...page }, token) =>
    run('rows', token, FAIL, async (signal) => {
      await settled();
      return service.rows(target, page, signal);
    }),
  );
  connection.onRequest(protocol.inspectRequest, async ({ text }, token) =>
    run('inspect', token, FAIL, async (signal) => {
      await settled();
      return service.inspect(text, signal);
    }),
  );
  connection.onRequest(protocol.lookUpRequest, async ({ uri, range, visible }, token) =>
    run('look up', token, FAIL, async (signal) => {
      await settled();
      return service.lookUp(uri, { range: range ?? null, visible: visible ?? [] }, signal, parts.agree);
    }),
  );
  wireThisPage(parts, run);
  connection.onRequest(protocol.disclosableRequest, async ({ urls }, token) => run('disclosable', token, [], () => urls.map(forShowing)));
  connection.onRequest(protocol.statusRequest, async (_, token) => run('status', token, FAIL, () => service.status()));
  wireReport(parts, run);
  wireMoves({ ...parts, run });
  wireSources(parts, run);
  connection.onRequest(protocol.makeIndexRequest, async ({ workDoneToken, ...order }, token) => {
    const work = connection.window.attachWorkDoneProgress(workDoneToken);
    return run('index', token, FAIL, async (stop) => parts.makeIndex(order, work, stop));
  });
}

function wireThisPage({ connection, service, settled }: ServerParts, run: ReturnType<typeof createRunner>): void {
  connection.onRequest(protocol.workspaceBacklinksRequest, async ({ uri, soFar }, token) =>
    run('workspace backlinks', token, null, () => service.workspaceBacklinks(uri, soFar === true)),
  );
  connection.onRequest(protocol.thisPageRequest, async ({ uri }, token) =>
    run('this page', token, null, async () => {
      await settled();
      return service.thisPage(uri);
    }),
  );
  connection.onRequest(protocol.opportunitiesRequest, async ({ uri }, token) =>
    run('opportunities', token, FAIL, async (signal) => {
      await settled();
      return service.opportunities(uri, signal);
    }),
  );
  connection.onRequest(protocol.alonePagesRequest, async (_, token) => run('pages without links', token, null, () => service.alonePages()));
}

function wireSources({ connection, service, source, settled }: ServerParts, run: ReturnType<typeof createRunner>): void {
  connection.onRequest(protocol.sourcesRequest, async (_, token) =>
    run('sources', token, FAIL, async () => {
      await settled();
      return source.offers();
    }),
  );
  connection.onRequest(protocol.forgetRequest, async (_, token) =>
    run('forget', token, FAIL, async () => {
      await source.forget();
      service.settingsChanged();
    }),
  );
  connection.onRequest(protocol.usageRequest, async ({ balance }, token) =>
    run('usage', token, FAIL, async (signal) => {
      await settled();
      await source.recount();
      const usage = service.usage();
      return usage === null || !balance ? usage : { ...usage, balance: await service.balance(signal) };
    }),
  );
}

function wireReport({ connection, service, settled, agree }: ServerParts, run: ReturnType<typeof createRunner>): void {
  connection.onRequest(protocol.renderReportRequest, async ({ report, format }, token) =>
    run('render report', token, FAIL, () => service.renderReport(report, format)),
  );
  connection.onRequest(protocol.reportRequest, async ({ scope, workDoneToken }, token) => {
    const work = connection.window.attachWorkDoneProgress(workDoneToken);
    let shown = -1;
    const progress = (done: number, total: number, message: string) => {
      const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
      // One step a percent: a folder may have tens of thousands of files.
      if (percent !== shown || done === 0) work.report(percent, message);
      shown = percent;
    };
    work.begin('', 0, '', true);
    try {
      return await run('report', token, FAIL, async (signal) => {
        await settled();
        return service.report(scope, progress, signal, agree);
      });
    } finally {
      work.done();
    }
  });
}
