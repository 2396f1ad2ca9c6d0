/** Every vendor with its stand-in, for tests that run through all of them. */
import { createAhrefsSource } from '../../server/src/sources/ahrefs/source.ts';
import { createBingSource } from '../../server/src/sources/bing/source.ts';
import { createDataForSeoSource } from '../../server/src/sources/dataforseo/source.ts';
import { createMajesticSource } from '../../server/src/sources/majestic/source.ts';
import { createMozSource } from '../../server/src/sources/moz/source.ts';
import { createOpenPageRankSource } from '../../server/src/sources/openpagerank/source.ts';
import { createSearchmetricsSource } from '../../server/src/sources/searchmetrics/source.ts';
import { createSemrushSource } from '../../server/src/sources/semrush/source.ts';
import { createSerankingSource } from '../../server/src/sources/seranking/source.ts';
import type { Source } from '../../server/src/sources/source.ts';
import * as ahrefs from './ahrefs/world.ts';
import * as bing from './bing/world.ts';
import * as dataforseo from './dataforseo/world.ts';
import * as majestic from './majestic/world.ts';
import * as moz from './moz/world.ts';
import * as openpagerank from './openpagerank/world.ts';
import * as searchmetrics from './searchmetrics/world.ts';
import * as semrush from './semrush/world.ts';
import * as seranking from './seranking/world.ts';
import type { VendorParts } from './vendorKit.ts';
import type { Handler } from './world.ts';

export interface StandIn {
  readonly name: string;
  readonly key: { readonly id: string; readonly secret: string };
  readonly handler: () => Handler;
  readonly create: (parts: VendorParts) => Source;
}

export const STAND_INS: readonly StandIn[] = [
  { name: 'dataforseo', key: dataforseo.KEY, handler: () => dataforseo.dataForSeo(), create: createDataForSeoSource },
  { name: 'ahrefs', key: ahrefs.KEY, handler: () => ahrefs.ahrefs(), create: createAhrefsSource },
  { name: 'majestic', key: majestic.KEY, handler: () => majestic.majestic(), create: createMajesticSource },
  { name: 'moz, API v2', key: moz.LOGIN, handler: () => moz.v2(), create: createMozSource },
  { name: 'moz, Moz API', key: moz.TOKEN, handler: () => moz.v3(), create: createMozSource },
  { name: 'semrush', key: semrush.KEY, handler: () => semrush.semrush(), create: createSemrushSource },
  { name: 'seranking', key: seranking.KEY, handler: () => seranking.seranking(), create: createSerankingSource },
  { name: 'bing', key: bing.KEY, handler: () => bing.bing(), create: createBingSource },
  { name: 'openpagerank', key: openpagerank.KEY, handler: () => openpagerank.openPageRank(), create: createOpenPageRankSource },
  { name: 'searchmetrics', key: searchmetrics.KEY, handler: () => searchmetrics.endpoint({ summaries: true }), create: contract },
  { name: 'searchmetrics, one call a target', key: searchmetrics.KEY, handler: () => searchmetrics.endpoint({ summaries: false }), create: contract },
];

function contract({ base, ...parts }: VendorParts): Source {
  return createSearchmetricsSource({ endpoint: base, ...parts });
}
