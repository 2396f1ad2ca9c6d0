/** A process that adds pages to an index: for each line of addresses it reads one page that links to them, and says when it is in. */
import { createInterface } from 'node:readline';
import { startAdding } from '../../server/src/linkIndex/sqlite/add/addWriter.ts';
import { yieldAsProcess } from '../../server/src/util/priority.ts';

const index = process.argv.find((argument) => argument.startsWith('--index='))?.slice('--index='.length) ?? '';
yieldAsProcess();
let added = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const url = `https://touching${process.pid}.org/${added++}`;
  const links = line
    .split(' ')
    .map((target, at) => ({ url: target, text: `text ${at}`, tag: 'a' as const, position: at + 1, nofollow: false, rel: [] }));
  const writer = startAdding(index, () => ({ countryCode: null, country: null, city: null }));
  const input = writer.beginInput(url, 0);
  writer.add({ kind: 'page', page: { url, title: null, capturedAt: Date.now(), ip: null, canonical: null, noindex: false, links } }, input);
  writer.endInput(input, { note: null, bytes: 0, hash: url });
  await writer.finish({ signal: new AbortController().signal, onPhase() {} });
  console.log('added');
}
