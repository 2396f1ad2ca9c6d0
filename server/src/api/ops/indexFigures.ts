/** What is told of the index in figures. */
import type { Family } from './exposition.ts';
import type { IndexWatch } from './indexWatch.ts';

export function indexFamilies({ state: { info, problem }, counts }: IndexWatch): Family[] {
  const gauge = (name: string, help: string, value: number | undefined): Family => ({
    name: `backlink_lens_index_${name}`,
    type: 'gauge',
    help,
    samples: value === undefined ? [] : [{ value }],
  });
  return [
    gauge('ready', '1 when the index can be read.', info === null ? 0 : 1),
    gauge('behind', '1 when a newer build lies there that cannot be opened.', info !== null && problem !== null ? 1 : 0),
    {
      name: 'backlink_lens_index_info',
      type: 'gauge',
      help: 'Always 1; the generation that answers is in the label.',
      samples: info === null ? [] : [{ labels: { generation: info.generation }, value: 1 }],
    },
    gauge('pages', 'Captured pages.', info?.pages),
    gauge('links', 'Links.', info?.links),
    gauge(
      'built_timestamp_seconds',
      'When the generation was built, seconds since the epoch.',
      info === null ? undefined : Date.parse(info.builtAt) / 1000,
    ),
    {
      name: 'backlink_lens_index_swaps_total',
      type: 'counter',
      help: 'Generations taken over since the start of this process.',
      samples: [{ value: counts.swaps }],
    },
    {
      name: 'backlink_lens_index_refusals_total',
      type: 'counter',
      help: 'Times that an index lay there which could not be opened.',
      samples: [{ value: counts.refusals }],
    },
  ];
}
