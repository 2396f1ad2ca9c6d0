/** Real pages, sent again byte for byte as their archive holds them: a crawl of them must hold the same pages with the same links. */
import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { fileSource } from '../../../../server/src/linkIndex/ingest/inputs/fileSource.ts';
import { ByteQueue } from '../../../../server/src/linkIndex/ingest/warc/byteQueue.ts';
import { archiveBytes } from '../../../../server/src/linkIndex/ingest/warc/bytes.ts';
import { readRecords } from '../../../../server/src/linkIndex/ingest/warc/records.ts';
import type { Capture, CrawledPage } from '../../../../server/src/linkIndex/store.ts';
import { itWithData } from '../../../support/data.ts';
import { listen } from '../../../support/listen.ts';
import { readAll } from '../readArchive.ts';
import { openBench } from './site.ts';

const signal = new AbortController().signal;

/** The responses of an archive as they came over the line, by URL; of several the last. */
async function responsesOf(file: string): Promise<Map<string, Buffer>> {
  const responses = new Map<string, Buffer>();
  for await (const record of readRecords(new ByteQueue(archiveBytes(fileSource(file), { signal, onBytes() {} })))) {
    const block = record.type === 'response' ? await record.block(64 << 20) : null;
    if (block !== null) responses.set(record.fields.get('warc-target-uri') ?? '', block);
  }
  return responses;
}

/** A proxy that answers with the bytes it was given, one reply a connection. */
function replay(responses: ReadonlyMap<string, Buffer>): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', (head) => {
      const url = /^GET (\S+) HTTP/.exec(head.toString('latin1'))?.[1] ?? '';
      socket.end(responses.get(url) ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    socket.on('error', () => socket.destroy());
  };
}

function pagesIn(captures: readonly Capture[]): Map<string, CrawledPage> {
  return new Map(captures.flatMap((capture) => (capture.kind === 'page' ? [[capture.page.url, capture.page] as const] : [])));
}

describe('crawl of real pages', function () {
  this.timeout(60_000);

  itWithData('holds each page as the archive it came from does', 'warc/archivesunleashed__aut__example.warc.gz', async (file) => {
    const bench = openBench();
    const server = createServer(replay(await responsesOf(file)));
    const proxy = `http://127.0.0.1:${await listen(server)}`;
    const expected = pagesIn((await readAll(file)).captures);
    const { archives, problems } = await bench.crawl([...expected.keys()], { depth: 0, env: { HTTP_PROXY: proxy }, connections: 4 });
    server.close();
    const { captures, problem } = await readAll(archives[0] ?? '');
    const found = pagesIn(captures);
    bench.remove();
    assert.deepEqual([problems, problem], [[], null]);
    assert.equal(found.size, expected.size);
    let links = 0;
    for (const [url, page] of found) {
      const { capturedAt: _at, ip: _ip, ...content } = page;
      const before = expected.get(url);
      assert.ok(before, url);
      const { capturedAt: _then, ip: _there, ...original } = before;
      assert.deepEqual(content, original, url);
      links += page.links.length;
    }
    assert.ok(found.size > 80 && links > 10_000, `${found.size} pages, ${links} links`);
    console.log(`      ${found.size} of ${expected.size} addresses, which are as many pages, ${links} links`);
  });
});
