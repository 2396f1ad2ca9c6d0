/** Every kind of input that is a file or comes from the web, in the order in which they are tried. */
import { csvReader } from '../csv/reader.ts';
import { ranksReader } from '../ranks/reader.ts';
import { warcReader } from '../warc/reader.ts';
import { edgesReader, verticesReader } from '../webgraph/reader.ts';
import type { InputReader } from './inputReader.ts';

export const READERS: readonly InputReader[] = [warcReader, ranksReader, edgesReader, verticesReader, csvReader];
