/** Kills processes in the middle of what they do, for tests of what is left behind. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** A process that has said `ready` and waits for a line on its standard input. */
export class ReadyProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;

  /** @param file a program that says `ready`, does what the line it then gets names, and says `done` */
  constructor(file: string, args: readonly string[]) {
    this.#child = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#ready = once(this.#child.stdout ?? this.#child, 'data');
  }

  /** Milliseconds that the work takes when nobody disturbs it. */
  async run(work: string): Promise<number> {
    await this.#ready;
    const started = performance.now();
    const closed = once(this.#child, 'close');
    this.#child.stdin?.write(`${work}\n`);
    await once(this.#child.stdout ?? this.#child, 'data');
    const length = performance.now() - started;
    await closed;
    return length;
  }

  /** Starts the work and kills the process a time later, as `kill -9` does; true when it was still at it. */
  async kill(work: string, after: number): Promise<boolean> {
    await this.#ready;
    let done = false;
    this.#child.stdout?.once('data', () => {
      done = true;
    });
    const closed = once(this.#child, 'close');
    this.#child.stdin?.write(`${work}\n`);
    await Promise.race([wait(after), closed]);
    this.#child.kill('SIGKILL');
    await closed;
    return !done;
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
