/** `backlink-lens serve keys`: makes and changes the keys of a service. A running service notices each change at once. */
import { statSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { type KeyFile, type KeyInfo, openKeyFile } from '../api/access/keyFile.ts';
import { ID_LENGTH, randomText, SECRET_LENGTH } from '../api/access/randomText.ts';
import { verifierOf } from '../api/access/verifier.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { readPath } from './arguments.ts';
import type { Io } from './io.ts';
import { addedText, keysTable } from './serveKeysText.ts';

export interface KeysPlace {
  readonly index?: string;
  readonly keys?: string;
}

/** The keys lie beside the index unless a file is named. */
export function keysFileOf({ index, keys }: KeysPlace): string {
  const file = keys ?? (index === undefined ? undefined : `${index}.keys`);
  if (file === undefined)
    throw new BacklinkLensError('usage.invalid', 'Say where the keys are: --index names the index they lie beside, --keys their file.');
  return file;
}

/** Says it when others on this machine may read the keys file. */
export function warnOfReaders(file: string, io: Io): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) io.error(`Others on this machine may read ${file}. Keep them out: chmod 600 ${file}\n`);
}

export function serveKeysCommand(io: Io): Command {
  const keys = new Command('keys').description('Make, list, suspend and delete the keys of a service, and give them credits.');
  const add = placed(new Command('add'))
    .description('Make a key. Its secret is shown once.')
    .argument('<name>', 'whose it is, to tell keys apart', readName)
    .option('--credits <n>', 'calls that it may make (default: as many as it likes)', readCredits)
    .option('--json', 'the same for another program')
    .action(async (name: string, options: { credits?: number; json?: true }, command: Command) => addKey(io, placeOf(command), name, options));
  const list = placed(new Command('list'))
    .description('List the keys, what they have spent and what they have left.')
    .option('--json', 'the same for another program')
    .action((options: { json?: true }, command: Command) => {
      const all = withFile(io, placeOf(command), (file) => file.list());
      io.out(options.json === true ? `${JSON.stringify(all.map(toJson), null, 2)}\n` : keysTable(all, io.locale));
    });
  keys.addCommand(add).addCommand(list);
  for (const [name, says, work] of CHANGES) {
    const change = placed(new Command(name))
      .description(says)
      .argument('<key>', 'name or id of the key')
      .action((named: string, _options: object, command: Command) => told(io, placeOf(command), (file) => work(file, named), DONE[name]));
    keys.addCommand(change);
  }
  const grant = placed(new Command('grant'))
    .description('Give a key more credits.')
    .argument('<key>', 'name or id of the key')
    .argument('<credits>', 'how many; or unlimited, to stop counting', readGrant)
    .action((named: string, credits: number | null, _options: object, command: Command) =>
      told(io, placeOf(command), (file) => file.grant(named, credits), 'has new credits'),
    );
  return keys.addCommand(grant);
}

const CHANGES = [
  ['suspend', 'Suspend a key: from now on nothing is answered to it or its tokens.', (file, named) => file.suspend(named, Date.now())],
  ['resume', 'Take a suspended key into use again, with its tokens.', (file, named) => file.resume(named)],
  ['delete', 'Delete a key with its tokens and credits. This cannot be undone.', (file, named) => file.delete(named, Date.now())],
] as const satisfies readonly (readonly [string, string, (file: KeyFile, named: string) => KeyInfo])[];

const DONE = { suspend: 'is suspended', resume: 'is in use again', delete: 'is deleted' } as const;

async function addKey(io: Io, place: KeysPlace, name: string, { credits = null, json }: { credits?: number | null; json?: true }): Promise<void> {
  const [id, secret] = [randomText(ID_LENGTH), randomText(SECRET_LENGTH)];
  const verifier = await verifierOf(secret);
  withFile(io, place, (file) => file.add({ id, name, verifier, credits, now: Date.now() }), true);
  io.out(json === true ? `${JSON.stringify({ id, secret, name, credits }, null, 2)}\n` : addedText({ id, secret, name, credits }, io.locale));
}

function told(io: Io, place: KeysPlace, work: (file: KeyFile) => KeyInfo, done: string): void {
  const key = withFile(io, place, work);
  const left = key.granted === null ? 'credits not counted' : `${(key.granted - key.spent).toLocaleString(io.locale)} credits left`;
  io.out(`Key ${key.name} (${key.id}) ${done}; ${left}.\n`);
}

function withFile<T>(io: Io, place: KeysPlace, work: (file: KeyFile) => T, create = false): T {
  const name = keysFileOf(place);
  const file = openKeyFile(name, { create });
  try {
    return work(file);
  } finally {
    file.close();
    warnOfReaders(name, io);
  }
}

/** The options stand at `serve` as well, which takes them wherever they are written. */
function placed(command: Command): Command {
  return command
    .option('--index <file>', 'the index that the keys lie beside', readPath)
    .option('--keys <file>', 'the file of the keys (default: the index with .keys at its end)', readPath);
}

function placeOf(command: Command): KeysPlace {
  return command.optsWithGlobals<KeysPlace>();
}

function toJson(key: KeyInfo): object {
  const day = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  const left = key.granted === null ? null : key.granted - key.spent;
  return { ...key, created: day(key.created), suspended: day(key.suspended), used: day(key.used), left };
}

function readName(text: string): string {
  if (!/^[^\p{Cc}\p{Cf}\s](?:[^\p{Cc}\p{Cf}]{0,62}[^\p{Cc}\p{Cf}\s])?$/u.test(text)) {
    throw new InvalidArgumentError('Write 1 to 64 characters, with no space at either end.');
  }
  return text;
}

function readCredits(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 0.');
  return Number(text);
}

function readGrant(text: string): number | null {
  return text === 'unlimited' ? null : readCredits(text);
}
