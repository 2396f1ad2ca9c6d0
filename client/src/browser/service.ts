/** Asks the service that this page comes from, by its public calls alone. */
import type { DayOfChanges } from '../../../shared/queries.ts';
import { failureKind, readRetryAfter, ServiceFailure } from './failure.ts';
import type { Question } from './question.ts';
import { fields, numberOrNull, text } from './readers.ts';
import { type IndexFacts, readDay, readIndex, readSlice, readSpread, readTotals, type Slice, type Totals } from './replies.ts';
import { type Row, readRow, rowsQuery } from './rowsCall.ts';
import type { Session } from './session.ts';

const PATIENCE_MS = 30_000;
const GENERATION = 'backlink-lens-generation';

/** A reply, and the generation of the index that it is of: replies of two generations do not belong together. */
export interface Answer<T> {
  readonly value: T;
  readonly generation: string | null;
}

export interface Service {
  index(signal: AbortSignal): Promise<IndexFacts>;
  totals(url: string, signal: AbortSignal): Promise<Answer<Totals>>;
  spread(url: string, signal: AbortSignal): Promise<readonly number[]>;
  /** The latest days on which something changed. */
  changes(url: string, signal: AbortSignal): Promise<readonly DayOfChanges[]>;
  rows(question: Question, signal: AbortSignal): Promise<Answer<Slice<Row>>>;
  /** A list of the whole target. @param name what stands after `/v3/links/` */
  list<T>(name: string, question: Question, read: (entry: unknown) => T, signal: AbortSignal): Promise<Answer<Slice<T>>>;
  /** Changes a key and its secret for a token. */
  token(key: string, secret: string, signal: AbortSignal): Promise<string>;
}

/** @param onNews called when the session learned what credits are left, or that a key is needed */
export function openService(session: Session, onNews: () => void): Service {
  const ask = async (path: string, signal: AbortSignal, posted?: unknown): Promise<Answer<unknown>> => {
    const token = session.token();
    const headers = {
      accept: 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(posted === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const reply = await send(path, posted === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(posted) }, signal);
    const value = await bodyOf(reply);
    if (reply.status === 401 && !session.asked) {
      session.asked = true;
      onNews();
    }
    if (!reply.ok) throw refused(reply, value);
    noteBalance(session, value, onNews);
    return { value, generation: reply.headers.get(GENERATION) };
  };
  const get = (call: string, parameters: Readonly<Record<string, string>>, signal: AbortSignal) =>
    ask(`v3/links/${call}?${new URLSearchParams(parameters).toString()}`, signal);
  return {
    index: async (signal) => readIndex((await ask('v3/links/index', signal)).value),
    totals: async (url, signal) => {
      const { value, generation } = await ask('v3/links/summaries', signal, { targets: [url] });
      return { value: readTotals(value), generation };
    },
    spread: async (url, signal) => readSpread((await get('spread', { url }, signal)).value),
    changes: async (url, signal) => readSlice((await get('changes', { url, limit: '25' }, signal)).value, readDay).entries,
    rows: async (question, signal) => {
      const { value, generation } = await get('rows', rowsQuery(question), signal);
      return { value: readSlice(value, readRow), generation };
    },
    list: async (name, { url, limit, offset }, read, signal) => {
      const { value, generation } = await get(name, { url, limit: String(limit), offset: String(offset) }, signal);
      return { value: readSlice(value, read), generation };
    },
    token: async (key, secret, signal) => {
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: key, client_secret: secret });
      const reply = await send('v3/token', { method: 'POST', body, headers: { accept: 'application/json' } }, signal);
      const value = await bodyOf(reply);
      if (reply.ok) return text(fields(value)['access_token']);
      // Whatever the status is called: what was sent was a key.
      const failure = refused(reply, value);
      throw failure.kind === 'question' || failure.kind === 'spent' ? new ServiceFailure('key', failure.message) : failure;
    },
  };
}

/** The page's sentences in another language, by the English ones. */
export async function readWords(file: string): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(fields(await bodyOf(await send(file, {}, AbortSignal.timeout(PATIENCE_MS)))));
  return Object.fromEntries(entries.map(([english, words]) => [english, text(words)]));
}

async function send(path: string, request: RequestInit, signal: AbortSignal): Promise<Response> {
  const late = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await fetch(path, { ...request, credentials: 'omit', cache: 'no-store', redirect: 'error', signal: AbortSignal.any([signal, late]) });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ServiceFailure(late.aborted ? 'late' : 'silent');
  }
}

async function bodyOf(reply: Response): Promise<unknown> {
  try {
    return await reply.json();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    if (reply.ok) throw new ServiceFailure('broken');
    return null;
  }
}

function refused(reply: Response, body: unknown): ServiceFailure {
  const message = typeof body === 'object' && body !== null && 'error_message' in body ? body.error_message : '';
  const wait = readRetryAfter(reply.headers.get('retry-after'), Date.now());
  return new ServiceFailure(failureKind(reply.status), typeof message === 'string' ? message.slice(0, 500) : '', wait);
}

function noteBalance(session: Session, body: unknown, onNews: () => void): void {
  const balance = typeof body === 'object' && body !== null && 'balance' in body ? numberOrNull(body.balance) : null;
  // Of calls that run side by side the lowest is the latest, whichever arrives last.
  if (balance === null || balance >= (session.balance ?? Number.POSITIVE_INFINITY)) return;
  session.balance = balance;
  onNews();
}
