/** WARC archives as a kind of input. */
import type { InputReader } from '../inputs/inputReader.ts';
import { readWarc } from './captures.ts';

/** Begins with a version line; blank lines before it are pardoned. */
const VERSION_LINE = /^\s*WARC\/\d/;

export const warcReader: InputReader = {
  kind: 'warc',
  label: 'WARC archive',
  recognises: ({ bytes }) => VERSION_LINE.test(bytes.toString('latin1', 0, 256)),
  read: (source, options) => readWarc(source, options),
};
