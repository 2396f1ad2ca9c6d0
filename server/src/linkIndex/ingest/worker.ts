/**
 * Entry of the processes that build an index, bundled as dist/ingestWorker.cjs: called with `build` it makes one, with `scan` it reads inputs for
 * a build that runs elsewhere. Either ends with whoever started it.
 */

import { yieldAsProcess } from '../../util/priority.ts';

yieldAsProcess();
// Ctrl+C in a terminal reaches every process of the group; whoever started this one decides what it means.
process.on('SIGINT', () => {});

type Listener = Parameters<NodeJS.Process['on']>[1];
const send = (message: object): void => {
  if (process.connected) process.send?.(message);
};
const onMessage = (listener: Listener): void => void process.on('message', listener);
const onClose = (listener: () => void): void => void process.on('disconnect', listener);

// Each half is loaded where it is wanted: a process that scans knows nothing of databases.
if (process.argv[2] === 'scan') {
  // It holds nothing that could be lost.
  onClose(() => process.exit());
  void import('./pool/scanner.ts').then(({ serveScans }) => serveScans({ send, onMessage }));
} else void import('./serveBuild.ts').then(({ serveBuild }) => serveBuild({ send, onMessage, onClose }));
