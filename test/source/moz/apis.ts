/** Both of Moz's APIs, for tests that hold for either, and a source over one of them at Moz's own address. */
import { createMozSource } from '../../../server/src/sources/moz/source.ts';
import { overMock, type Test } from '../over.ts';
import type { Handler } from '../world.ts';
import { LOGIN, TOKEN, v2, v3 } from './world.ts';

export const APIS = [
  ['API v2', v2, LOGIN],
  ['the Moz API', v3, TOKEN],
] as const;

export const over = (handler: Handler, key: typeof LOGIN, test: Test) => overMock(createMozSource, key)(handler, test);
