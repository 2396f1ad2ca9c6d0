/** A crawl behind a proxy: the proxy resolves names, and nobody claims to know which address answered. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { readMembers } from '../../../../server/src/linkIndex/ingest/crawl/members.ts';
import { listen } from '../../../support/listen.ts';
import { type Answer, capturesOf, openBench, openSite, page, type Site } from './site.ts';

/** Forwards everything to one site, whatever host is asked for. */
async function openProxy(site: Site): Promise<{ address: string; hosts: string[]; close: () => Promise<void> }> {
  const hosts: string[] = [];
  const { hostname, port } = new URL(site.origin);
  const proxy = createServer((asked, response) => {
    const url = new URL(asked.url ?? '');
    hosts.push(url.host);
    const onward = request({ hostname, port, path: url.pathname + url.search, headers: asked.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      reply.pipe(response);
    });
    onward.end();
  });
  proxy.on('connect', (asked, socket) => {
    hosts.push(asked.url ?? '');
    const onward = connect(Number(port), hostname, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    socket.pipe(onward).pipe(socket);
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
  });
  const address = `http://127.0.0.1:${await listen(proxy)}`;
  const close = async (): Promise<void> => {
    proxy.closeAllConnections();
    proxy.close();
    await once(proxy, 'close');
  };
  return { address, hosts, close };
}

describe('crawl behind a proxy', function () {
  this.timeout(20_000);

  for (const way of ['the environment', 'the editor'] as const) {
    it(`goes through the proxy of ${way}, with names that only the proxy knows`, async () => {
      const bench = openBench();
      const site = await openSite({ '/': page('/a', 'http://127.0.0.1:1/'), '/a': page() });
      const proxy = await openProxy(site);
      const settings =
        way === 'the editor' ? { http: { proxy: proxy.address, strictSSL: true, noProxy: [] }, env: {} } : { env: { HTTP_PROXY: proxy.address } };
      const { archives, problems } = await bench.crawl(['http://site.invalid/'], { allowPrivate: false, ...settings });
      assert.deepEqual(problems, []);
      assert.deepEqual(await capturesOf(archives[0] ?? ''), ['page /', 'page /a']);
      assert.deepEqual([...new Set(proxy.hosts)], ['site.invalid']);
      for await (const { bytes } of readMembers(archives[0] ?? '', new AbortController().signal))
        assert.ok(!bytes.toString('latin1').includes('WARC-IP-Address'));
      const refused = await bench.crawl(['http://printer.local/'], { allowPrivate: false, ...settings });
      assert.deepEqual(
        refused.problems.map(({ code }) => code),
        ['crawl.private'],
      );
      await proxy.close();
      await site.close();
      bench.remove();
    });
  }

  it('is led to no private address: by no redirect of a start, of robots.txt or of a sitemap, and by no link', async () => {
    const bench = openBench();
    const inside = 'http://169.254.169.254/latest/';
    const away: Answer = (_request, response) => void response.writeHead(302, { location: inside }).end();
    const site = await openSite({ '/': page(inside, 'http://[::1]/'), '/start': away, '/robots.txt': away, '/sitemap.xml': away });
    const proxy = await openProxy(site);
    const settings = { allowPrivate: false, env: { HTTP_PROXY: proxy.address } };
    const robots = await bench.crawl(['http://site.invalid/'], settings);
    assert.deepEqual(
      robots.problems.map(({ code }) => code),
      ['crawl.private'],
      'robots.txt',
    );
    delete site.pages['/robots.txt'];
    const { problems, counts } = await bench.crawl(['http://site.invalid/', 'http://site.invalid/start'], settings);
    assert.deepEqual(
      problems.map(({ input, code }) => [input, code]),
      [['169.254.169.254', 'crawl.private']],
    );
    assert.equal(counts.pages, 1);
    assert.deepEqual([...new Set(proxy.hosts)], ['site.invalid']);
    await proxy.close();
    await site.close();
    bench.remove();
  });
});
