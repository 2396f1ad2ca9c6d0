/** API keys: kept in the editor's secret storage, held in memory for the server's start, never in settings, logs or files. */
import * as vscode from 'vscode';
import type { Credentials } from '../../shared/protocol.ts';
import { SOURCE_IDS, SOURCES, type SourceId } from '../../shared/sources.ts';

/** Sources that have a key. */
export const KEYED_SOURCES: readonly SourceId[] = SOURCE_IDS.filter((id) => SOURCES[id].key !== 'none');

export interface Secrets extends vscode.Disposable {
  /** What is known now; empty before `load`. */
  readonly current: () => Credentials;
  readonly set: (source: SourceId, credential: { readonly id: string; readonly secret: string }) => Promise<void>;
  readonly delete: (source: SourceId) => Promise<void>;
  /** A key was set, changed or deleted, here or in another window. */
  readonly onDidChange: vscode.Event<Credentials>;
}

/** True for the id of a source that has a key. */
export function isKeyedSource(id: unknown): id is SourceId {
  return KEYED_SOURCES.some((source) => source === id);
}

/**
 * Reads the stored keys. A secret storage that cannot be opened counts as empty and is logged: everything local works without one.
 */
export async function loadSecrets(storage: vscode.SecretStorage, log: vscode.LogOutputChannel): Promise<Secrets> {
  const changed = new vscode.EventEmitter<Credentials>();
  let known = await readAll(storage, log);
  const watch = storage.onDidChange(async (event) => {
    if (!KEYED_SOURCES.some((source) => storageKey(source) === event.key)) return;
    known = await readAll(storage, log);
    changed.fire(known);
  });
  return {
    current: () => known,
    set: async (source, credential) => storage.store(storageKey(source), JSON.stringify(credential)),
    delete: async (source) => storage.delete(storageKey(source)),
    onDidChange: changed.event,
    dispose: () => {
      watch.dispose();
      changed.dispose();
    },
  };
}

async function readAll(storage: vscode.SecretStorage, log: vscode.LogOutputChannel): Promise<Credentials> {
  const texts = await Promise.all(
    KEYED_SOURCES.map(async (source) => {
      try {
        return [source, parseCredential(await storage.get(storageKey(source)))] as const;
      } catch (error) {
        // The words of a JSON error hold a piece of what was read.
        const why = error instanceof Error && !(error instanceof SyntaxError) ? `: ${error.message}` : '';
        log.warn(`The API key of ${source} could not be read${why}`);
        return [source, null] as const;
      }
    }),
  );
  return Object.fromEntries(texts.flatMap(([source, credential]) => (credential === null ? [] : [[source, credential] as const])));
}

function parseCredential(text: string | undefined): { id: string; secret: string } | null {
  if (text === undefined) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('id' in value) || !('secret' in value)) return null;
  return typeof value.id === 'string' && typeof value.secret === 'string' ? { id: value.id, secret: value.secret } : null;
}

function storageKey(source: SourceId): string {
  return `backlinkLens.key.${source}`;
}
