/** The building side of a process of its own: takes one task, a build or an addition, tells how far it is, and ends with the result. */
import { BacklinkLensError, isAbort } from '../../util/errors.ts';
import type { Log } from '../../util/log.ts';
import { addToIndex } from './add.ts';
import { buildIndex } from './build.ts';
import type { FromBuilder, ToBuilder } from './workerMessages.ts';

export interface BuilderPort {
  send(message: FromBuilder): void;
  onMessage(listener: (message: ToBuilder) => void): void;
  /** Whoever ordered the build has gone. */
  onClose(listener: () => void): void;
}

/** Milliseconds to put things in order when nobody wants the result any more. */
const CLEARING = 5000;

/** Answers messages until the process ends. */
export function serveBuild(port: BuilderPort): void {
  const abort = new AbortController();
  const stop = new AbortController();
  port.onClose(() => {
    abort.abort();
    setTimeout(() => process.exit(), CLEARING).unref();
  });
  port.onMessage((message) => {
    if (message.kind === 'abort') abort.abort();
    else if (message.kind === 'stop') stop.abort();
    else void run(port, message, abort.signal, stop.signal);
  });
}

async function run(
  port: BuilderPort,
  { task, addition }: Extract<ToBuilder, { kind: 'build' }>,
  signal: AbortSignal,
  stop: AbortSignal,
): Promise<void> {
  const logTo = (level: keyof Log) => (message: string) => port.send({ kind: 'log', level, message });
  try {
    const result = await (addition ? addToIndex : buildIndex)({
      ...task,
      signal,
      stop,
      log: { debug: logTo('debug'), info: logTo('info'), warn: logTo('warn'), error: logTo('error') },
      onPlan: (inputs) => port.send({ kind: 'plan', inputs }),
      onProgress: (progress) => port.send({ kind: 'progress', progress }),
    });
    port.send({ kind: 'done', result });
  } catch (error) {
    const code = BacklinkLensError.is(error) ? error.code : null;
    port.send({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error), aborted: isAbort(error) });
  }
}
