/** The real server as a process of its own, driven by the same JSON-RPC that an editor speaks, over standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import {
  createMessageConnection,
  type InitializeParams,
  type InitializeResult,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { type DocumentFacts, documentFactsRequest, type InitializationOptions } from '../../shared/protocol.ts';

const MAIN = path.join(import.meta.dirname, '../../server/src/main.ts');

export interface StartParameters {
  /** URIs of the open folders. */
  readonly folders?: readonly string[];
  /** The `backlinkLens` section, or one a scope: what the editor answers to `workspace/configuration`. */
  readonly settings?: Settings | ((scopeUri: string | undefined) => Settings);
  readonly options?: InitializationOptions;
  /** Options of the engine that the server runs on. */
  readonly engine?: readonly string[];
  /** Changes what the client says it can do. */
  readonly capabilities?: (capabilities: InitializeParams['capabilities']) => InitializeParams['capabilities'];
}

export type Settings = Readonly<Record<string, unknown>>;

export interface TestServer {
  readonly connection: MessageConnection;
  readonly result: InitializeResult;
  /** Of the server's process. */
  readonly pid: number;
  /** Messages of the log, as the editor's output channel would show them. */
  readonly log: string[];
  /** Notifications and requests from the server, by method, in order. */
  readonly received: { readonly method: string; readonly params: unknown }[];
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  hover(uri: string, line: number, character: number): Promise<string | null>;
  facts(uri: string): Promise<DocumentFacts>;
  /** Asks again until the answer is as wanted; what it was in the end otherwise shows in the failure. */
  until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T>;
  setSettings(settings: StartParameters['settings']): Promise<void>;
  stop(): Promise<void>;
}

const CAPABILITIES: InitializeParams['capabilities'] = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    diagnostic: {},
    hover: { contentFormat: ['markdown'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
  window: { workDoneProgress: true },
};

export async function startServer(parameters: StartParameters = {}): Promise<TestServer> {
  const child = spawn(process.execPath, [...(parameters.engine ?? []), MAIN, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  const log: string[] = [];
  child.stderr.on('data', (data: Buffer) => log.push(String(data)));
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const received: { method: string; params: unknown }[] = [];
  let { settings } = parameters;
  answerLikeAnEditor(connection, received, log, () => settings);
  connection.listen();
  const { folders = [], options = {}, capabilities = (same) => same } = parameters;
  const died = new Promise<never>((_, reject) => child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${log.join('')}`))));
  died.catch(() => {});
  const initialized = connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: folders.map((uri) => ({ uri, name: path.basename(uri) })),
    capabilities: capabilities(CAPABILITIES),
    initializationOptions: { locale: 'en', commandLinks: true, ...options },
  } satisfies InitializeParams);
  initialized.catch(() => {});
  const result = await Promise.race([initialized, died]);
  await connection.sendNotification('initialized', {});
  return {
    connection,
    result,
    pid: child.pid ?? 0,
    log,
    received,
    ...documentCalls(connection),
    until,
    async setSettings(next) {
      settings = next;
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    stop: async () => stop(connection, child),
  };
}

function answerLikeAnEditor(
  connection: MessageConnection,
  received: { method: string; params: unknown }[],
  log: string[],
  settings: () => StartParameters['settings'],
): void {
  connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
    items.map(({ scopeUri }) => {
      const given = settings();
      return typeof given === 'function' ? given(scopeUri) : (given ?? {});
    }),
  );
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onRequest((method, params) => {
    received.push({ method, params });
    return null;
  });
  connection.onNotification((method, params) => void received.push({ method, params }));
}

function documentCalls(connection: MessageConnection) {
  return {
    open: async (uri: string, text: string, languageId = uri.endsWith('.html') ? 'html' : 'markdown') =>
      connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } }),
    change: async (uri: string, version: number, text: string) =>
      connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    close: async (uri: string) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    async hover(uri: string, line: number, character: number) {
      const hover = await connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', {
        textDocument: { uri },
        position: { line, character },
      });
      return hover === null ? null : hover.contents.value;
    },
    async facts(uri: string) {
      const facts = await connection.sendRequest(documentFactsRequest, { uri });
      if (facts === null) throw new Error(`${uri} is not open`);
      return facts;
    },
  };
}

async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  let answer = await ask();
  for (let round = 0; round < 200 && !wanted(answer); round++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    answer = await ask();
  }
  return answer;
}

async function stop(connection: MessageConnection, child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    await ended;
  } finally {
    connection.dispose();
    child.kill();
  }
}
