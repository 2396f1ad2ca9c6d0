/** Replies that ought to be JSON. */
import { type BacklinkLensError, sourceError } from '../util/errors.ts';
import type { HttpReply } from './transport.ts';

/** @returns undefined where the body is no JSON */
export function parseJson(reply: HttpReply): unknown {
  try {
    return JSON.parse(reply.text);
  } catch {
    return undefined;
  }
}

/** The failure for a body that `parseJson` could not read: says what came instead, without its contents. */
export function notJson(reply: HttpReply, host: string): BacklinkLensError {
  const start = reply.text.trimStart().charAt(0);
  const what =
    start === '' ? 'an empty reply' : start === '<' ? 'a web page' : start === '{' || start === '[' ? 'JSON that is cut off or damaged' : 'something';
  return sourceError('bad-reply', `${host} sent ${what} where a JSON reply belongs. Check the address of the endpoint.`);
}
