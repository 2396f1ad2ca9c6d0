/** Loaded before the language server by bench/editor/typing.ts: records the delay of its event loop and leaves it behind at the end. */
const { isMainThread } = require('node:worker_threads');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const fs = require('node:fs');

const file = process.env.BACKLINK_LENS_DELAY;
if (isMainThread && file && (process.argv[1] ?? '').endsWith('server.cjs')) {
  const RESOLUTION = 1;
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  // Starting is measured elsewhere: the typing begins when this file is there.
  const begin = setInterval(() => {
    if (!fs.existsSync(`${file}.begin`)) return;
    clearInterval(begin);
    delay.enable();
    const write = () => {
      const at = (percentile) => delay.percentile(percentile) / 1e6 - RESOLUTION;
      fs.writeFileSync(file, JSON.stringify({ p50: at(50), p99: at(99), max: delay.max / 1e6 - RESOLUTION }));
    };
    setInterval(write, 1_000).unref();
  }, 50);
  begin.unref();
}
