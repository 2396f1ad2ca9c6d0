/** The settings as the editor has them now: one set for the window and one for each folder, pulled where the client can, else as handed over. */
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../../shared/settings.ts';
import { SOURCES } from '../../../shared/sources.ts';

export interface ConfigurationParts {
  /** Asks the editor for the section of each scope, null standing for the window; null where the client cannot be asked. */
  readonly pull: ((scopes: readonly (string | null)[]) => Promise<readonly unknown[]>) | null;
  /** The section as handed over at start. */
  readonly initial: unknown;
  /** False in Restricted Mode: paths and addresses that a folder may have set are then left alone. */
  readonly trusted: boolean;
}

export interface Configuration {
  /** Settings of the innermost open folder that holds the document, else the window's. */
  get(uri: string | null): Settings;
  /** Reads all of them again. */
  refresh(folders: readonly string[]): Promise<void>;
  /** For clients that push instead of being asked. */
  push(section: unknown): void;
}

export function createConfiguration({ pull, initial, trusted }: ConfigurationParts): Configuration {
  const read = (section: unknown): Settings => {
    const settings = readSettings(section);
    if (trusted) return settings;
    // Nothing of a folder that is not trusted is sent anywhere, and nothing that it names is opened.
    const { indexPath, ranksPath, endpoint, endpoints, caFile } = DEFAULT_SETTINGS;
    const source = SOURCES[settings.source].needs === 'file' ? settings.source : 'none';
    return { ...settings, source, indexPath, ranksPath, endpoint, endpoints, caFile };
  };
  let window = read(initial);
  let folderSettings: readonly { readonly folder: string; readonly settings: Settings }[] = [];
  return {
    get: (uri) => (uri === null ? null : folderSettings.find(({ folder }) => isInside(uri, folder))?.settings) ?? window,
    async refresh(folders) {
      if (pull === null) return;
      const [first, ...sections] = await pull([null, ...folders]);
      window = read(first);
      folderSettings = folders
        .map((folder, index) => ({ folder, settings: read(sections[index]) }))
        .sort((a, b) => b.folder.length - a.folder.length);
    },
    push(section) {
      if (pull === null) window = read(section);
    },
  };
}

function isInside(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
