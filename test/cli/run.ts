/** Runs the command line as a person does: a process of its own, its output and its exit code. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
const BUNDLE = path.join(ROOT, 'dist/cli.js');

/** The bundle where `BACKLINK_LENS_CLI=bundle` asks for it, else the sources, which this Node runs as they are. */
function program(): string {
  if (process.env['BACKLINK_LENS_CLI'] !== 'bundle') return path.join(ROOT, 'server/src/cli.ts');
  if (!existsSync(BUNDLE)) throw new Error(`${BUNDLE} is not there: npm run build`);
  return BUNDLE;
}

/** Milliseconds after which a command that does not end is killed, so that its test fails instead of hanging. */
const LONGEST = 110_000;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Running {
  /** Resolves with everything on standard output once it matches. */
  until(pattern: RegExp): Promise<string>;
  /** To standard input, where it was kept open. */
  write(text: string): void;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves standard input open for `write`. */
  readonly keepInput?: boolean;
}

/** Starts a command and leaves it running. */
export function start(args: readonly string[], { cwd = ROOT, env = {}, keepInput = false }: RunOptions = {}): Running {
  const child = spawn(process.execPath, [program(), ...args], {
    cwd,
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env },
    stdio: 'pipe',
    timeout: LONGEST,
    killSignal: 'SIGKILL',
  });
  if (!keepInput) child.stdin.end();
  let out = '';
  let error = '';
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    for (const check of waiting) check();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out, error })));
  return {
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (pattern.test(out)) resolve(out);
        };
        waiting.add(check);
        check();
        void ended.then((end) => reject(new Error(`ended with ${end.code} before ${pattern}: ${end.out}${end.error}`)));
      }),
    write: (text) => void child.stdin.write(text),
    signal: (name) => child.kill(name),
    ended,
  };
}

/** Runs a command to its end. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(args, options).ended;
}
