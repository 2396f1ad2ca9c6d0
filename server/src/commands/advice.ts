/** What to do about a failed source, said for the command line: sources write for both surfaces, and here nothing is asked again later. */
import type { SourceId } from '../../../shared/sources.ts';
import { BacklinkLensError } from '../util/errors.ts';
import { keyVariables } from './environment.ts';

/** The message with advice that can be followed where there are no settings, only variables. */
export function advised(message: string, source: SourceId): string {
  const variables = keyVariables(source);
  return message
    .replace(/\bset another key\.$/i, (words) => (variables === null ? words : `${words.slice(0, -1)} in ${variables}.`))
    .replace(/It is asked again later\.$/, 'Try again later.')
    .replace(/; it is asked again later\.$/, ', or try again later.')
    .replace(/Set them in http\.proxy\.$/, 'Set them in HTTPS_PROXY.');
}

/** The same for an error; any other is given back as it is. */
export function advisedError(error: unknown, source: SourceId): unknown {
  if (!BacklinkLensError.is(error)) return error;
  const message = advised(error.message, source);
  if (message === error.message) return error;
  const { code, reason, retryAfter } = error;
  return new BacklinkLensError(code, message, {
    cause: error,
    ...(reason === null ? {} : { reason }),
    ...(retryAfter === null ? {} : { retryAfter }),
  });
}
