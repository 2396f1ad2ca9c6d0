/**
 * Entry of the processes that build an index, bundled as dist/ingestWorker.cjs: called with `build` it makes one, with `scan` it reads inputs for
 * a build that runs elsewhere. Either ends with whoever started it.
 */

import { serveScans } from './pool/scanner.ts';
import { serveBuild } from './serveBuild.ts';

// Ctrl+C in a terminal reaches every process of the group; whoever started this one decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());

if (process.argv[2] === 'scan') {
  serveScans({ send: (message) => void process.send?.(message), onMessage: (listener) => void process.on('message', listener) });
} else serveBuild({ send: (message) => void process.send?.(message), onMessage: (listener) => void process.on('message', listener) });
