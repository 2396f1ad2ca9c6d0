/** The settings as the editor has them now: one set for the window and one for each folder, pulled where the client can, else as handed over. */
import { DEFAULT_SETTINGS, readSettings, type Settings } from '../../../shared/settings.ts';
import { SOURCES } from '../../../shared/sources.ts';
import { type EditorHabits, NO_HABITS, readEditorHabits } from '../service/editorHabits.ts';
import { hiddenPatterns } from '../util/hiddenPatterns.ts';

/** Ours, and those of the editor that we go by. */
export type PulledSection = 'backlinkLens' | 'markdown' | 'files.exclude';

export interface ConfigurationParts {
  /** Asks the editor for a section of each scope, null standing for the window; null where the client cannot be asked. */
  readonly pull: ((scopes: readonly (string | null)[], section: PulledSection) => Promise<readonly unknown[]>) | null;
  /** The section as handed over at start. */
  readonly initial: unknown;
  /** False in Restricted Mode: paths and addresses that a folder may have set are then left alone. */
  readonly trusted: boolean;
}

export interface Configuration {
  /** Settings of the innermost open folder that holds the document, else the window's. */
  get(uri: string | null): Settings;
  /** What the editor does there by itself. */
  habits(uri: string | null): EditorHabits;
  /** Glob patterns of what the editor hides in a folder. */
  excluded(uri: string): readonly string[];
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
  let windowHabits = NO_HABITS;
  let inFolders: readonly {
    readonly folder: string;
    readonly settings: Settings;
    readonly habits: EditorHabits;
    readonly excluded: readonly string[];
  }[] = [];
  const folderOf = (uri: string | null) => (uri === null ? undefined : inFolders.find(({ folder }) => isInside(uri, folder)));
  return {
    get: (uri) => folderOf(uri)?.settings ?? window,
    habits: (uri) => folderOf(uri)?.habits ?? windowHabits,
    excluded: (uri) => folderOf(uri)?.excluded ?? [],
    async refresh(folders) {
      if (pull === null) return;
      const scopes = [null, ...folders];
      const [[first, ...sections], [markdown, ...habits], excludes] = await Promise.all([
        pull(scopes, 'backlinkLens'),
        pull(scopes, 'markdown'),
        pull(folders, 'files.exclude'),
      ]);
      window = read(first);
      windowHabits = readEditorHabits(markdown);
      inFolders = folders
        .map((folder, index) => ({
          folder,
          settings: read(sections[index]),
          habits: readEditorHabits(habits[index]),
          excluded: hiddenPatterns(excludes[index]),
        }))
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
