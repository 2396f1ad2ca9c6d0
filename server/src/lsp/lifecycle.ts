/** What happens around the requests: settings arrive and change, folders come and go, files change on disk, the editor leaves. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  FileChangeType,
  type FileEvent,
  WatchKind,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { REDIRECT_NAMES } from '../../../shared/moves.ts';
import type { BacklinkService } from '../service.ts';
import type { Log } from '../util/log.ts';
import type { FileChange, Workspace } from '../workspace/workspace.ts';
import type { ActiveSource } from './activeSource.ts';
import { type ClientTraits, readHttp } from './clientTraits.ts';
import type { Configuration } from './configuration.ts';
import { isRedirectFile, registerRedirectFiles } from './lostPages.ts';

export interface LifecycleParts {
  readonly connection: Connection;
  readonly traits: ClientTraits;
  readonly configuration: Configuration;
  readonly source: ActiveSource;
  readonly workspace: Workspace;
  readonly service: BacklinkService;
  readonly log: Log;
}

/**
 * @param folders URIs of the folders open at start
 * @returns resolves, each time it is called, when the settings and folders that the editor has told of so far are in force
 */
export function followEditor(parts: LifecycleParts, folders: readonly string[]): () => Promise<void> {
  const { connection, traits, configuration, source, workspace, log } = parts;
  let present = folders;
  let applying: Promise<void> = Promise.resolve();
  // One after the other: two pulls that overtake each other would leave old settings standing.
  const apply = () => {
    applying = applying.then(async () => applySettings(parts, present)).catch((error: unknown) => log.error(`Settings: ${String(error)}`));
  };

  connection.onInitialized(() => {
    apply();
    register(connection, traits).catch((error: unknown) => log.warn(`The editor does not tell of changes: ${String(error)}`));
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    const http = readHttp(settings);
    if (http !== null) source.setHttp(http);
    configuration.push(ownSection(settings));
    apply();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    // What a page says may change every second; what is lost depends on which pages there are, and where redirects are written.
    if (changes.some(({ uri, type }) => type !== FileChangeType.Changed || isRedirectFile(uri))) parts.service.lost.touch();
    workspace.changed(changes.map(toFileChange));
  });
  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    present = [...present.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
    apply();
  });
  return async () => applying;
}

async function applySettings({ configuration, source, workspace, service, log }: LifecycleParts, folders: readonly string[]): Promise<void> {
  try {
    await configuration.refresh(folders);
  } catch (error) {
    log.warn(`Settings could not be read; the ones at hand are used: ${String(error)}`);
  }
  source.setSettings(configuration.get(null), firstRoot(folders));
  workspace.setFolders(folders);
  service.lost.touch();
  service.settingsChanged();
}

async function register(connection: Connection, traits: ClientTraits): Promise<void> {
  const { client } = connection;
  await registerRedirectFiles(connection, traits);
  if (traits.registersConfiguration)
    await client.register(DidChangeConfigurationNotification.type, {
      section: ['backlinkLens', 'files.exclude', 'markdown.validate', 'markdown.updateLinksOnFileMove'],
    });
  if (!traits.registersWatchers) return;
  await client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [
      // Any file can be linked to, and a deleted folder is told as itself alone; only pages and ignore rules are read again.
      { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
      { globPattern: '**/*.{html,htm,xhtml,md,markdown,mdown,mkd,mdx}', kind: WatchKind.Change },
      { globPattern: '**/{.gitignore,CNAME,robots.txt,sitemap*.xml,package.json,versions.json}', kind: WatchKind.Change },
      { globPattern: '**/{hugo,config,_config,mkdocs}.{toml,yaml,yml,json}', kind: WatchKind.Change },
      { globPattern: `**/{${REDIRECT_NAMES.join(',')}}`, kind: WatchKind.Change },
      { globPattern: '**/{docusaurus.config,astro.config,eleventy.config,.eleventy,config}.{js,ts,mjs,cjs,mts,cts}', kind: WatchKind.Change },
    ],
  });
}

/** Clients push all settings, or our section alone. */
function ownSection(pushed: unknown): unknown {
  const own = typeof pushed === 'object' && pushed !== null ? (pushed as { backlinkLens?: unknown }).backlinkLens : undefined;
  return own ?? pushed;
}

function firstRoot(folders: readonly string[]): string | null {
  const first = folders.map((uri) => URI.parse(uri)).find((uri) => uri.scheme === 'file');
  return first?.fsPath ?? null;
}

function toFileChange({ uri, type }: FileEvent): FileChange {
  return { uri, kind: type === FileChangeType.Deleted ? 'deleted' : type === FileChangeType.Created ? 'created' : 'changed' };
}
