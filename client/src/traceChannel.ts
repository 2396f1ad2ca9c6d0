/** Where the traffic with the server is written when somebody turns tracing on: the log, without the keys that the server is handed. */
import type * as vscode from 'vscode';
import type { Credentials, HttpSettings } from '../../shared/protocol.ts';

/**
 * The log as a channel for traces.
 *
 * @param hidden what is not to be written, as it is now
 */
export function traceChannel(log: vscode.LogOutputChannel, hidden: () => readonly string[]): vscode.LogOutputChannel {
  const trace: vscode.LogOutputChannel['trace'] = (message, ...more) => log.trace(without(message, hidden()), ...more);
  // Over an object of its own: what stands in front of a frozen one may not differ from it.
  return new Proxy({} as vscode.LogOutputChannel, {
    get: (_, name) => {
      if (name === 'trace') return trace;
      const value: unknown = Reflect.get(log, name, log);
      return typeof value === 'function' ? value.bind(log) : value;
    },
  });
}

/** Names and keys of sources, and what a proxy is told. */
export function secretWords(credentials: Credentials, { proxy = '', proxyAuthorization = '' }: HttpSettings): readonly string[] {
  const login = /\/\/([^@/]+)@/.exec(proxy)?.[1] ?? '';
  return [...Object.values(credentials).flatMap(({ id, secret }) => [secret, id]), login, proxyAuthorization];
}

/** A text without these words, as they are and as JSON writes them. */
export function without(text: string, words: readonly string[]): string {
  return words
    .flatMap((word) => [JSON.stringify(word).slice(1, -1), word])
    .filter((word) => word !== '')
    .reduce((shown, word) => shown.replaceAll(word, '…'), text);
}
