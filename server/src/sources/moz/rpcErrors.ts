/**
 * Errors of the Moz API: JSON-RPC objects with a code and a status, in a reply of that status or of 200, and beside single sites of a batch. Sources:
 * Moz's guide to error handling, and errors that were recorded: 404 with -32655 is "no record", the status stands under one of two names.
 */
import type { Fields } from '../check.ts';
import type { Complaint } from './calls.ts';

/** An error comes with a matching status, or inside a reply of status 200. */
export function complaintOf(json: unknown, status: number): Complaint | null {
  if (typeof json !== 'object' || json === null || !('error' in json) || json.error == null) return null;
  return complaintAbout(json.error, status >= 400 ? status : 400);
}

/** The status of an error stands under one of two names. */
export function complaintAbout(error: unknown, otherwise: number): Complaint {
  if (typeof error !== 'object' || error === null) return { status: otherwise, words: typeof error === 'string' ? error : null, noRecord: false };
  const said = error as Fields;
  const status = [said['status'], said['httpStatus']].find((value) => typeof value === 'number' && value >= 400);
  const details = typeof said['data'] === 'object' && said['data'] !== null ? (said['data'] as Fields) : {};
  const words = [said['message'], details['explanation'], details['issue'], said['name']].filter((text) => typeof text === 'string' && text !== '');
  const found = typeof status === 'number' ? status : otherwise;
  return { status: found, words: words.length === 0 ? null : words.join(', '), noRecord: found === 404 };
}
