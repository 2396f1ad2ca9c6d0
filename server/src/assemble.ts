/** Puts the language server together for one connection: settings, source, facts, folder, service, and the wires between them. */
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import german from '../../l10n/server.de.json' with { type: 'json' };
import type { FactCache } from './facts/cache.ts';
import { createDiskCache } from './facts/diskCache.ts';
import { createFactStore } from './facts/factStore.ts';
import { openIndexInWorker } from './linkIndex/openIndexInWorker.ts';
import { programFile } from './linkIndex/programFile.ts';
import { createActiveSource } from './lsp/activeSource.ts';
import { createAgree } from './lsp/agreement.ts';
import { readFolders, readLocale, readOptions, readTraits } from './lsp/clientTraits.ts';
import { createConfiguration } from './lsp/configuration.ts';
import { followEditor } from './lsp/lifecycle.ts';
import { createIndexMaker } from './lsp/makeIndex.ts';
import { serverCapabilities, wireServer } from './server.ts';
import { createBacklinkService } from './service.ts';
import type { SourceParts } from './sources/registry.ts';
import { type Clock, systemClock } from './util/clock.ts';
import type { Log } from './util/log.ts';
import { version } from './util/version.ts';
import { createWorkspace } from './workspace/folderWorkspace.ts';

export interface StartOptions {
  /** Takes the place of the worker thread, for tests. */
  readonly openIndex?: SourceParts['openIndex'];
  readonly clock?: Clock;
}

/** Serves one editor over a connection that is not listening yet. */
export function startServer(connection: Connection, options: StartOptions = {}): void {
  connection.onInitialize((params) => initialize(connection, params, options));
  connection.listen();
}

function initialize(connection: Connection, params: InitializeParams, options: StartOptions): InitializeResult {
  const { clock = systemClock, openIndex = async (file) => openIndexInWorker(file, { log }) }: StartOptions = options;
  const log = connectionLog(connection);
  const traits = readTraits(params);
  const given = readOptions(params.initializationOptions);
  const locale = readLocale(given.locale, params.locale);
  // The library keeps one language a process, and a process serves one editor.
  l10n.config({ contents: /^de\b/i.test(locale) ? german : {} });
  const configuration = createConfiguration({
    pull: traits.answersConfiguration ? async (scopes, section) => pullSections(connection, scopes, section) : null,
    initial: given.settings,
    trusted: given.trusted !== false,
  });
  const settings = (uri: string | null) => configuration.get(uri);
  const cache = typeof given.storage === 'string' && given.storage !== '' ? keptIn(given.storage, clock, log) : null;
  const facts = createFactStore({ clock, log, cache });
  const source = createActiveSource({ facts, openIndex, clock, log, credentials: given.credentials ?? {}, http: given.http });
  const workspace = createWorkspace([], {
    settings: (folder) => ({ ...configuration.get(folder), exclude: configuration.excluded(folder) }),
    storage: given.storage === undefined || given.storage === '' ? undefined : path.join(given.storage, 'folders'),
    log,
    clock,
  });
  const service = createBacklinkService({
    facts,
    workspace,
    settings,
    habits: (uri) => configuration.habits(uri),
    runsGit: given.trusted !== false,
    log,
    clock: () => clock.now(),
    locale,
    commandLinks: given.commandLinks === true,
    spoken: given.spoken === true,
    needsConsent: () => source.needsConsent(),
  });
  const settled = followEditor({ connection, traits, configuration, source, workspace, service, log }, readFolders(params));
  const agree = createAgree({ connection, asksPrice: given.asksPrice === true, source: () => facts.info()?.label ?? '', locale });
  const makeIndex = createIndexMaker({ log, locale, http: () => source.http() });
  const wires = wireServer({ connection, service, source, traits, clock, log, settled, makeIndex, agree });
  connection.onShutdown(async () => {
    wires.dispose();
    makeIndex.dispose();
    await service.close();
    await source.close();
    await cache?.close();
  });
  return { capabilities: serverCapabilities(traits), serverInfo: { name: 'Backlink Lens', version } };
}

/** The extension's own folder, where facts outlive this process. */
function keptIn(folder: string, clock: Clock, log: Log): FactCache {
  const workerFile = programFile(import.meta.url, './facts/disk/cacheWorker.ts', 'cacheWorker.cjs');
  return createDiskCache({ folder, workerFile, clock, log });
}

async function pullSections(connection: Connection, scopes: readonly (string | null)[], section: string): Promise<readonly unknown[]> {
  const items = scopes.map((scopeUri) => (scopeUri === null ? { section } : { section, scopeUri }));
  return connection.workspace.getConfiguration(items);
}

function connectionLog({ console }: Connection): Log {
  return {
    debug: (message) => console.debug(message),
    info: (message) => console.info(message),
    warn: (message) => console.warn(message),
    error: (message) => console.error(message),
  };
}
