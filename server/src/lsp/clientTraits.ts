/** What of LSP the other side can do, read once. */
import type { InitializeParams } from 'vscode-languageserver';
import { readHttpSettings } from '../../../shared/httpSettings.ts';
import type { HttpSettings, InitializationOptions } from '../../../shared/protocol.ts';

export interface ClientTraits {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  /** Shows what an edit is for before it is made. */
  readonly annotatesChanges: boolean;
  readonly createsFiles: boolean;
  readonly registersDiagnostics: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly tellsFolders: boolean;
}

export function readTraits({ capabilities: { workspace, textDocument } }: InitializeParams): ClientTraits {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    annotatesChanges: workspace?.workspaceEdit?.changeAnnotationSupport !== undefined,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    registersDiagnostics: textDocument?.diagnostic?.dynamicRegistration === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    tellsFolders: workspace?.workspaceFolders === true,
  };
}

/** Believed as far as its shape goes: other editors hand over what they like. */
export function readOptions(value: unknown): InitializationOptions {
  return typeof value === 'object' && value !== null ? value : {};
}

/** A tag that Intl knows; English otherwise. */
export function readLocale(...tags: readonly (string | undefined)[]): string {
  for (const tag of tags) {
    try {
      if (tag !== undefined && Intl.NumberFormat.supportedLocalesOf(tag).length > 0) return tag;
    } catch {
      // Not even a tag: the next one may be.
    }
  }
  return 'en';
}

/** Folders of the editor, or the one root that older clients give. */
export function readFolders({ workspaceFolders, rootUri }: Pick<InitializeParams, 'workspaceFolders'> & { rootUri?: string | null }): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

/** The editor's `http` section as it is pushed with a change; null when it is not in there. */
export function readHttp(settings: unknown): HttpSettings | null {
  const section = typeof settings === 'object' && settings !== null ? (settings as { http?: unknown }).http : undefined;
  return typeof section === 'object' && section !== null ? readHttpSettings(section) : null;
}
