/** Where the traffic with the server is written when somebody turns tracing on: the log, without the keys that the server is handed. */
import type * as vscode from 'vscode';
import type { Credentials } from '../../shared/protocol.ts';

/**
 * The log as a channel for traces.
 *
 * @param credentials as they are now
 */
export function traceChannel(log: vscode.LogOutputChannel, credentials: () => Credentials): vscode.LogOutputChannel {
  const trace: vscode.LogOutputChannel['trace'] = (message, ...more) => log.trace(withoutKeys(message, credentials()), ...more);
  // Over an object of its own: what stands in front of a frozen one may not differ from it.
  return new Proxy({} as vscode.LogOutputChannel, {
    get: (_, name) => {
      if (name === 'trace') return trace;
      const value: unknown = Reflect.get(log, name, log);
      return typeof value === 'function' ? value.bind(log) : value;
    },
  });
}

/** A text without names and keys, as they are and as JSON writes them. */
export function withoutKeys(text: string, credentials: Credentials): string {
  return Object.values(credentials)
    .flatMap(({ id, secret }) => [secret, id])
    .flatMap((key) => [JSON.stringify(key).slice(1, -1), key])
    .filter((key) => key !== '')
    .reduce((shown, key) => shown.replaceAll(key, '…'), text);
}
