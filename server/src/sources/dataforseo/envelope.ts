/** The envelope of DataForSEO's replies: two levels of status, the cost, and the result of the one task that a request has. */
import type { Checker, Fields } from '../check.ts';

/** What a reply says of its one task. */
export interface TaskReply {
  /** The vendor's own status, of the envelope where that is no success, else of the task. */
  readonly code: number;
  readonly message: string | null;
  /** US dollars; null where the reply does not say. */
  readonly cost: number | null;
  /** Null where there is no data. */
  readonly result: Fields | null;
}

export const SUCCESS = 20_000;
/** "No Search Results.", and "Task completed with partial results.": successes both. */
const NO_RESULTS = 40_102;
const PARTIAL = 40_106;

/** Reads the envelope with its two levels of status. Throws `source.bad-reply` where it is none. */
export function readTask(json: unknown, check: Checker): TaskReply {
  const reply = check.object(json, 'the reply');
  const code = readCode(reply, 'status_code', check);
  const message = check.text(reply['status_message'], 'status_message');
  if (code !== SUCCESS) return { code, message, cost: readCost(reply), result: null };
  const task = check.object(check.list(reply['tasks'], 'tasks')[0], 'tasks[0]');
  const inner = readCode(task, 'tasks[0].status_code', check);
  const cost = readCost(task) ?? readCost(reply);
  const succeeded = inner === SUCCESS || inner === NO_RESULTS || inner === PARTIAL;
  return {
    code: succeeded ? SUCCESS : inner,
    message: check.text(task['status_message'], 'tasks[0].status_message'),
    cost,
    result: succeeded ? readResult(task['result'], check) : null,
  };
}

/** Status and words of a body that came with an HTTP failure; null where it holds none. Never throws: something is wrong already. */
export function readFailure(json: unknown): { readonly code: number; readonly message: string | null } | null {
  if (typeof json !== 'object' || json === null || !('status_code' in json)) return null;
  const { status_code: code, status_message: message } = json as Fields;
  if (typeof code !== 'number' || code < 40_000) return null;
  return { code, message: typeof message === 'string' ? message : null };
}

function readResult(result: unknown, check: Checker): Fields | null {
  if (result === undefined || result === null) return null;
  const [first] = check.list(result, 'tasks[0].result');
  return first === undefined || first === null ? null : check.object(first, 'tasks[0].result[0]');
}

function readCode(fields: Fields, path: string, check: Checker): number {
  const code = check.count(fields['status_code'], path);
  if (code === null) throw check.wrong(fields['status_code'], 'a status', path);
  return code;
}

function readCost({ cost }: Fields): number | null {
  return typeof cost === 'number' && Number.isFinite(cost) && cost >= 0 ? cost : null;
}
