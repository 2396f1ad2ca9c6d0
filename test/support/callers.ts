/** Callers of a service: each asks on one connection after the other, as fast as it is answered, and keeps what it heard. */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const TOO_MANY = 429;
/** Milliseconds after such a refusal. */
const PAUSE = 100;

export interface Heard {
  readonly status: number;
  readonly generation: string | undefined;
  /** Link texts of the rows, each once. */
  readonly marks: readonly string[];
  readonly count: number;
  readonly balance: number | null;
  readonly id: string;
}

export interface Caller {
  readonly key: string;
  readonly heard: Heard[];
  /** Requests that were taken and not answered. */
  readonly lost: string[];
  /** Resolves when the service takes no more connections. */
  readonly done: Promise<void>;
}

/**
 * Starts one.
 *
 * @param paths asked by turns
 * @param pace milliseconds between a reply and the next request
 */
export function startCaller(port: number, key: string, token: string, paths: readonly string[], pace: number): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const heard: Heard[] = [];
  const lost: string[] = [];
  const work = async (): Promise<void> => {
    for (let at = 0; ; at++) {
      const outcome = await ask(port, agent, token, paths[at % paths.length] ?? '/');
      if (outcome === 'refused') return;
      if (typeof outcome === 'string') lost.push(outcome);
      else heard.push(outcome);
      const refused = typeof outcome !== 'string' && outcome.status === TOO_MANY;
      if (refused || pace > 0) await wait(refused ? PAUSE : pace);
    }
  };
  return { key, heard, lost, done: work().finally(() => agent.destroy()) };
}

/** `refused` where nobody listens any more: that request was never taken. */
function ask(port: number, agent: Agent, token: string, path: string): Promise<Heard | string> {
  return new Promise((resolve) => {
    const call = request({ host: '127.0.0.1', port, path, agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(heardOf(response.statusCode ?? 0, response.headers, text)));
      response.on('error', (error) => resolve(`cut off: ${error.message}`));
    });
    call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED' ? 'refused' : `${error.code ?? ''} ${error.message}`));
    call.end();
  });
}

function heardOf(status: number, headers: NodeJS.Dict<string | string[]>, text: string): Heard {
  const body = JSON.parse(text) as { response?: readonly { linktext: string }[]; count?: number; balance?: number };
  return {
    status,
    generation: headers['backlink-lens-generation'] as string | undefined,
    marks: [...new Set((body.response ?? []).map((row) => row.linktext))],
    count: body.count ?? -1,
    balance: body.balance ?? null,
    id: String(headers['x-request-id']),
  };
}
