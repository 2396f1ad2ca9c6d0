/** Which addresses a crawl may visit, and that it goes to the one it checked. */
import assert from 'node:assert/strict';
import { Addresses, isPublicAddress } from '../../../../server/src/linkIndex/ingest/crawl/addresses.ts';
import { openBench, openSite, page } from './site.ts';

const PUBLIC = ['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '64:ff9b::808:808', '2002:808:808::1', '::ffff:8.8.8.8'];
const NOT_PUBLIC = [
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.255.255.254', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', '100::1', '3fff::1'],
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1', '::127.0.0.1', '::8.8.8.8'],
  ...['64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b:1::1', '2002:7f00:1::', '2002:a00:1::1', '2002:c0a8:101::', '2001::1'],
  ...['', 'example.com', '1.2.3', '0x7f.1'],
];

describe('crawl addresses', () => {
  for (const address of PUBLIC) it(`may visit ${address}`, () => assert.equal(isPublicAddress(address), true));
  for (const address of NOT_PUBLIC) it(`may not visit ${address || 'what is none'}`, () => assert.equal(isPublicAddress(address), false));

  const { signal } = new AbortController();
  const answering = (...answers: string[][]): { addresses: Addresses; asked: () => number } => {
    let asked = 0;
    const resolve = async (): Promise<{ address: string; family: number }[]> => {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? [];
      return answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    };
    return { addresses: new Addresses({ allowPrivate: false, proxied: false, resolve }), asked: () => asked };
  };

  it('refuses names that stand for private addresses only', async () => {
    const { addresses } = answering(['127.0.0.1', '::1']);
    await assert.rejects(addresses.check(new URL('http://rebound.example.org/'), signal), { code: 'crawl.private' });
  });

  it('connects to the address that was checked, whatever the name says later', async () => {
    const { addresses, asked } = answering(['93.184.216.34', '10.0.0.1'], ['127.0.0.1']);
    const url = new URL('http://rebinding.example.org/');
    assert.equal(await addresses.check(url, signal), '93.184.216.34');
    for (let times = 0; times < 3; times++) {
      addresses.failed(url);
      assert.equal(await addresses.check(url, signal), '93.184.216.34');
      addresses.lookup('rebinding.example.org', { all: true }, (error, found) =>
        assert.deepEqual([error, found], [null, [{ address: '93.184.216.34', family: 4 }]]),
      );
    }
    assert.equal(asked(), 1);
  });

  it('tries another address after one that failed', async () => {
    const { addresses } = answering(['8.8.8.8', '2606:4700::1']);
    const url = new URL('https://two.example.org/');
    assert.equal(await addresses.check(url, signal), '8.8.8.8');
    addresses.failed(url);
    assert.equal(await addresses.check(url, signal), '2606:4700::1');
  });

  it('connects to no name that was not checked', () => {
    answering(['8.8.8.8']).addresses.lookup('unasked.example.org', {}, (error) => assert.equal(error?.code, 'ENOTFOUND'));
  });

  it('refuses names of one’s own network before anybody is asked', async () => {
    const { addresses, asked } = answering(['8.8.8.8']);
    for (const host of ['localhost', 'intranet', 'printer.local', 'x.internal', '127.0.0.1', '[::1]', '0x7f.1', '2130706433', '[::ffff:10.0.0.1]'])
      await assert.rejects(addresses.check(new URL(`http://${host}/`), signal), { code: 'crawl.private' }, host);
    assert.equal(asked(), 0);
  });

  it('does not visit this machine without --allow-private, also not by a redirect or a link', async () => {
    const bench = openBench();
    const site = await openSite({ '/': page('/a') });
    try {
      const { origin } = site;
      for (const start of [
        origin,
        origin.replace('127.0.0.1', 'localhost'),
        origin.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
        origin.replace('127.0.0.1', '127.1'),
      ]) {
        const { problems, archives } = await bench.crawl([start], { allowPrivate: false });
        assert.deepEqual(
          problems.map(({ code }) => code),
          ['crawl.private'],
          start,
        );
        assert.deepEqual(archives, []);
      }
      assert.deepEqual(site.asked, []);
    } finally {
      await site.close();
      bench.remove();
    }
  });
});
