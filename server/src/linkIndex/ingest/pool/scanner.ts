/** The scanning side: reads the inputs it is given, one at a time, and sends their captures in batches. Runs in a process of its own. */
import { lazyNetwork, type Network } from '../inputs/network.ts';
import { type InputOutcome, readInput } from '../inputs/readInput.ts';
import { BatchEncoder } from './batch.ts';
import type { FromScanner, ReadTask, ToScanner } from './messages.ts';

/** Bytes of a batch: small enough to flow, large enough that messages cost nothing. */
const BATCH = 1 << 17;
/** Stored bytes between two signs of life while nothing is found. */
const REPORT_BYTES = 1 << 20;

export interface ScannerPort {
  send(message: FromScanner): void;
  onMessage(listener: (message: ToScanner) => void): void;
}

/** Answers messages until the process ends. */
export function serveScans(port: ScannerPort): void {
  const scanner = new Scanner(port);
  port.onMessage((message) => {
    if (message.kind === 'taken') scanner.taken();
    else void scanner.read(message.task, message.window);
  });
}

class Scanner {
  readonly #port: ScannerPort;
  readonly #encoder = new BatchEncoder(BATCH);
  #network: Network | null = null;
  #onWay = 0;
  #bytes = 0;
  #free = (): void => {};

  constructor(port: ScannerPort) {
    this.#port = port;
  }

  taken(): void {
    this.#onWay--;
    this.#free();
  }

  async read(task: ReadTask, window: number): Promise<void> {
    this.#port.send({ kind: 'end', outcome: await this.#captures(task, window) });
  }

  async #captures({ input, options, http, patience, known }: ReadTask, window: number): Promise<InputOutcome> {
    // Whoever cancels ends this process.
    const { signal } = new AbortController();
    this.#network ??= lazyNetwork(http);
    this.#encoder.forget();
    const captures = readInput(input, {
      ...options,
      patience,
      known,
      signal,
      ahead: true,
      http: this.#network.open,
      onBytes: (bytes) => this.#read(bytes),
      onSize: (bytes) => this.#port.send({ kind: 'size', bytes }),
    });
    for (;;) {
      const next = await captures.next();
      if (next.done || this.#encoder.add(next.value)) await this.#flush(window);
      if (next.done) return next.value;
    }
  }

  #read(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes >= REPORT_BYTES) this.#reportBytes();
  }

  #reportBytes(): void {
    if (this.#bytes > 0) this.#port.send({ kind: 'bytes', bytes: this.#bytes });
    this.#bytes = 0;
  }

  async #flush(window: number): Promise<void> {
    this.#reportBytes();
    if (this.#encoder.empty) return;
    while (this.#onWay >= window) {
      await new Promise<void>((resolve) => {
        this.#free = resolve;
      });
    }
    this.#onWay++;
    this.#port.send({ kind: 'batch', batch: this.#encoder.take() });
  }
}
