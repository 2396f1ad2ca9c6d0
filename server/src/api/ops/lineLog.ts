/** The service's log: one line an event, as text or as JSON. Lines of requests are written many at once; what is wrong is written at once. */
import type { Log } from '../../util/log.ts';
import { safeText } from '../../util/terminal.ts';
import { type LoggedRequest, type RequestLog, requestFields, requestText } from './requestLog.ts';

export const LOG_FORMATS = ['text', 'json'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

export interface LogOptions {
  readonly format: LogFormat;
  /** True to say all that is at debug level, too. */
  readonly verbose: boolean;
  readonly write: (text: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface ServiceLog extends Log, RequestLog {
  /** Writes what waits. */
  flush(): void;
}

type Level = keyof Log;

/** Milliseconds and characters that lines may wait for company. */
const PAUSE = 100;
const MOST = 32_768;

/**
 * Text says requests and what is at info level only when verbose; JSON says each of them. Neither holds keys, tokens or URLs: callers of the
 * log hand none over.
 */
export function serviceLog({ format, verbose, write, now }: LogOptions): ServiceLog {
  let waiting = '';
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const text = waiting;
    waiting = '';
    if (text !== '') write(text);
  };
  const add = (line: string, urgent: boolean): void => {
    waiting += `${line}\n`;
    if (urgent || waiting.length > MOST) flush();
    else timer ??= setTimeout(flush, PAUSE).unref();
  };
  const time = (): string => new Date(now()).toISOString();
  const say =
    (level: Level, told: boolean) =>
    (message: string): void => {
      if (!told) return;
      const urgent = level === 'warn' || level === 'error';
      add(format === 'json' ? JSON.stringify({ time: time(), level, event: 'message', message }) : safeText(message), urgent);
    };
  const json = format === 'json';
  return {
    debug: say('debug', verbose),
    info: say('info', json || verbose),
    warn: say('warn', true),
    error: say('error', true),
    request(entry: LoggedRequest) {
      if (json) add(JSON.stringify({ time: time(), level: entry.status >= 500 ? 'error' : 'info', ...requestFields(entry) }), false);
      else if (verbose) add(safeText(requestText(entry)), false);
    },
    flush,
  };
}
