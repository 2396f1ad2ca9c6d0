/** The settings that a folder's own pages go by, so that the command line and CI find what the editor finds. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { readSettings, type Settings } from '../../../shared/settings.ts';
import { BacklinkLensError } from '../util/errors.ts';

const PREFIX = 'backlinkLens.';

/**
 * Reads `backlinkLens.*` from a VS Code settings file (JSON with comments). A source or endpoint in it is not taken: a folder cannot choose
 * where its targets are sent.
 *
 * @param named the file to read; null for `.vscode/settings.json` of the first folder, which may be missing
 * @throws BacklinkLensError input.unreadable for a named file that is not there or any that is no JSON
 */
export async function readFolderSettings(named: string | null, folders: readonly string[]): Promise<Settings> {
  const file = named ?? path.join(folders[0] ?? '.', '.vscode', 'settings.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (named === null && isMissing(cause)) return null;
    throw new BacklinkLensError(
      'input.unreadable',
      `Could not read the settings in ${file}. Check its permissions, or name another with --settings.`,
      {
        cause,
      },
    );
  });
  return readSettings(text === null ? {} : sectionOf(file, text));
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
}

function sectionOf(file: string, text: string): Record<string, unknown> {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    throw new BacklinkLensError(
      'input.unreadable',
      `${file} is no valid JSON at character ${error.offset} (${printParseErrorCode(error.error)}). Mend it, or name another with --settings.`,
    );
  }
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
  return Object.fromEntries(entries.filter(([key]) => key.startsWith(PREFIX)).map(([key, setting]) => [key.slice(PREFIX.length), setting]));
}
