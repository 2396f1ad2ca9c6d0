/** What the user named to what is read: paths, globs, addresses and list files to one list of inputs in the order they were named. */
import { stat } from 'node:fs/promises';
import { BacklinkLensError } from '../../../util/errors.ts';
import { expandGlob, isGlob } from './glob.ts';
import { type ListedInput, readListFile } from './listFile.ts';
import { looksLikeList } from './listSniff.ts';
import { displayUrl, isWebInput } from './webInput.ts';

/** One input, as it can be handed to another process. */
export interface PlannedInput {
  readonly kind: 'file' | 'folder' | 'url';
  /** Path or URL to read from. */
  readonly at: string;
  /** How it is called in messages and in the index: without what is secret in a URL. */
  readonly name: string;
  /** Null where it shows itself when it is read. */
  readonly bytes: number | null;
  /** Epoch milliseconds of the last change of a file. */
  readonly modified: number | null;
}

export interface PlanOptions {
  readonly signal: AbortSignal;
  /** Address or folder that the relative entries of list files lie below; by default the list's own folder. */
  readonly prefix?: string | undefined;
  /** Reads the list behind an address; null when it is no list. */
  readonly fetchList: (url: string, signal: AbortSignal) => Promise<Buffer | null>;
}

/**
 * Finds every input; nothing is read yet but list files and the first bytes of what might be one.
 *
 * @throws BacklinkLensError usage.invalid (nothing named), input.unreadable (a path or an entry of a list that is not there, a pattern that
 *   nothing matches, a list that cannot be read)
 */
export async function planInputs(named: readonly string[], options: PlanOptions): Promise<PlannedInput[]> {
  if (named.length === 0) throw new BacklinkLensError('usage.invalid', 'Nothing to index: name archives, folders, addresses or lists of them.');
  const inputs: PlannedInput[] = [];
  for (const text of named) {
    options.signal.throwIfAborted();
    const list = await listBehind(text, options);
    if (list === null) inputs.push(...(await inputsOf({ text, where: '' }, options.signal)));
    else for (const entry of list) inputs.push(...(await inputsOf(entry, options.signal)));
  }
  if (inputs.length === 0)
    throw new BacklinkLensError('usage.invalid', `Nothing to index: no line of ${named.map(displayUrl).join(', ')} names an input.`);
  return inputs;
}

async function listBehind(text: string, { prefix, fetchList, signal }: PlanOptions): Promise<ListedInput[] | null> {
  if (isWebInput(text)) {
    const bytes = await fetchList(text, signal);
    return bytes === null ? null : readListFile(bytes, { list: text, prefix });
  }
  const bytes = await looksLikeList(text);
  return bytes === null ? null : readListFile(bytes, { list: text, prefix });
}

async function inputsOf({ text, where }: ListedInput, signal: AbortSignal): Promise<PlannedInput[]> {
  if (isWebInput(text)) return [{ kind: 'url', at: text, name: displayUrl(text), bytes: null, modified: null }];
  const found = await lookAt(text);
  if (found !== null) return [found];
  if (!isGlob(text)) throw new BacklinkLensError('input.unreadable', `${text}${where} could not be found. Check the name of the input.`);
  const matches = await expandGlob(text, signal);
  if (matches.length === 0) {
    throw new BacklinkLensError('input.unreadable', `No file matches ${text}${where}. Check the pattern, and put it in quotes.`);
  }
  const inputs = await Promise.all(matches.map(lookAt));
  return inputs.filter((input) => input !== null);
}

async function lookAt(path: string): Promise<PlannedInput | null> {
  const status = await stat(path).catch(() => null);
  if (status === null) return null;
  return status.isDirectory()
    ? { kind: 'folder', at: path, name: path, bytes: null, modified: null }
    : { kind: 'file', at: path, name: path, bytes: status.size, modified: Math.floor(status.mtimeMs) };
}
