/** Hostile addresses, asked of every vendor through the facts: whatever is in them, nothing secret is in any request. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFactStore } from '../../server/src/facts/factStore.ts';
import { ignoredBy } from '../../server/src/features/ignorePatterns.ts';
import { createTransport } from '../../server/src/sources/transport.ts';
import { domainTarget, pageTarget, parseTarget } from '../../server/src/urls/targets.ts';
import { silentLog } from '../../server/src/util/log.ts';
import type { Target } from '../../shared/backlinks.ts';
import { fakeClock, settle } from '../unit/facts/support.ts';
import { STAND_INS, type StandIn } from './standIns.ts';
import { mockWire } from './wires.ts';

/** In everything that must not go out, so that one look finds it. */
const CANARY = 'zq7canary4x';
const RANDOM = `${CANARY}A1b2C3d4E5f6`;

const host = fc.constantFrom('site.io', 'shop.site.co.uk', 'xn--bcher-kva.de', 'a.github.io');
const path = fc.constantFrom('', '/', '/a/b', '/%C3%BC', '/a;v=1', '/index.html', '/@jane', '/a b', '/..//x', '/%2e%2e/%00');
const word = fc.constantFrom('q', 'page', 'id', 'utm_source', 'a[]', '%61', 'KEY');
const place = <T>(...arbitraries: [string, fc.Arbitrary<T>][]) => arbitraries;

/** Hosts that only a network of one's own answers. */
const ownHost = fc.oneof(
  fc.constantFrom(
    'localhost',
    'LOCALHOST.',
    `${CANARY}.local`,
    `${CANARY}.internal`,
    CANARY,
    `${CANARY}.lan`,
    `${CANARY}.home.arpa`,
    `${CANARY}.localhost`,
  ),
  fc.constantFrom(`${CANARY}.test`, `${CANARY}.onion`),
  fc.constantFrom(
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '017700000001',
    '10.1.2.3',
    '192.168.0.1',
    '172.20.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
  ),
  fc.constantFrom('[::1]', '[fd00::1]', '[fe80::1]', '[::ffff:10.0.0.1]', '[::ffff:7f00:1]'),
);

/** With those that nobody answers. */
const privateHost = fc.oneof(ownHost, fc.constantFrom(`${CANARY}.invalid`, `${CANARY}.example`, `${CANARY}.example.com`, '[2001:db8::1]'));

const nested = (outer: string, inner: string, twice: boolean) =>
  `https://${outer}/?to=${twice ? encodeURIComponent(encodeURIComponent(inner)) : encodeURIComponent(inner)}`;

/** URLs with something in them that must not go out; the canary is in each. */
const SECRETS = place(
  ['userinfo', fc.tuple(host, path).map(([h, p]) => `https://${CANARY}:${CANARY}@${h}${p}`)],
  ['a fragment', fc.tuple(host, path).map(([h, p]) => `https://${h}${p}#${CANARY}`)],
  ['a fragment of an application', fc.tuple(host, path).map(([h, p]) => `https://${h}${p}#!/${CANARY}`)],
  ['a private host', fc.tuple(privateHost, path).map(([h, p]) => `http://${h}${p}?x=${CANARY}`)],
  [
    'a file',
    fc.constantFrom(`file:///${CANARY}/a.md`, `file://server/${CANARY}`, `vscode://${CANARY}`, `data:text/html,${CANARY}`, `javascript:${CANARY}`),
  ],
  [
    'a secret parameter',
    fc
      .tuple(
        host,
        path,
        fc.constantFrom(
          'token',
          'access_token',
          'apiKey',
          'api-key',
          'X-Amz-Signature',
          'sig',
          'PASSWORD',
          'session_id',
          'sessionid',
          'email',
          'jwt',
          'client_secret',
          'auth%54oken',
          'to%6Ben',
        ),
        word,
        fc.boolean(),
      )
      .map(([h, p, name, other, first]) => `https://${h}${p}?${first ? `${name}=${CANARY}&${other}=1` : `${other}=1&${name}=${CANARY}`}`),
  ],
  [
    'a random key',
    fc.tuple(host, path, fc.constantFrom('key', 'code', 'state', 'hash', 'invite', 't')).map(([h, p, name]) => `https://${h}${p}?${name}=${RANDOM}`),
  ],
  [
    'an address of a person',
    fc
      .tuple(host, fc.constantFrom(`/u/${CANARY}@site.io`, `/?u=${CANARY}%40site.io`, `/mailto:${CANARY}@site.io`))
      .map(([h, p]) => `https://${h}${p}`),
  ],
  ['a session in the path', fc.tuple(host).map(([h]) => `https://${h}/a;jsessionid=${CANARY}`)],
  [
    'a known kind of key',
    fc.tuple(host, fc.constantFrom('ghp_', 'npm_', 'sk_live_')).map(([h, kind]) => `https://${h}/x/${kind}${CANARY}${'a1'.repeat(16)}`),
  ],
  [
    'a secret inside an address inside',
    fc.tuple(host, host, fc.boolean()).map(([h, inner, twice]) => nested(h, `https://${inner}/?token=${CANARY}`, twice)),
  ],
  ['a private address inside', fc.tuple(host, ownHost, fc.boolean()).map(([h, inner, twice]) => nested(h, `http://${inner}/${CANARY}`, twice))],
  ['a matrix parameter', fc.tuple(host).map(([h]) => `https://${h}/a;token=${CANARY}/b`)],
  ['a one-time key', fc.tuple(host, fc.constantFrom('reset', 'verify', 'unsubscribe')).map(([h, step]) => `https://${h}/${step}/${RANDOM}`)],
  ['a pattern of the user', fc.tuple(path).map(([p]) => `https://${CANARY}.com${p}`)],
  ['a folder of the user', fc.tuple(host).map(([h]) => `https://${h}/${CANARY}/plans`)],
);
const NEVER_SEND = [`${CANARY}.com`, `**/${CANARY}/**`];

describe('what is sent to vendors', () => {
  for (const standIn of STAND_INS) {
    it(`holds nothing secret, whatever the addresses (${standIn.name})`, async () => {
      let asked = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(...SECRETS.map(([, urls]) => urls)), { minLength: 1, maxLength: 12 }),
          fc.array(host),
          async (urls, open) => {
            const sent = await sentFor(standIn, [...urls.flatMap(targetsOf), ...open.flatMap((name) => targetsOf(`https://${name}/fine`))]);
            asked += sent.length;
            for (const request of sent) assert.ok(!request.toLowerCase().includes(CANARY), request);
            for (const request of sent)
              assert.doesNotMatch(request, /localhost|127\.0\.0\.1|192\.168|10\.1\.2\.3|169\.254|\[(?:fd00|fe80|2001:db8)|file:/i);
          },
        ),
        { numRuns: 40 },
      );
      assert.ok(asked > 0, 'something was asked');
    });
  }
});

/** Every target that a person could make of an address. */
function targetsOf(url: string): Target[] {
  return [pageTarget(url), domainTarget(url), parseTarget(url), parseTarget(url.replace(/^https?:\/\/([^/?#]*).*$/, '$1'))].filter(
    (target) => target !== null,
  );
}

/** Everything that went over the wire for summaries and rows of these, decoded once and as it was. */
async function sentFor({ handler, create, key }: StandIn, targets: readonly Target[]): Promise<string[]> {
  const wire = await mockWire(handler());
  const clock = fakeClock(Date.now());
  const transport = createTransport({ env: {}, ...wire.options });
  const facts = createFactStore({ clock, log: silentLog });
  facts.setPolicy({ automatic: true, consent: true, ignore: () => false, neverSend: (url) => ignoredBy(url, NEVER_SEND) !== null });
  facts.setSource(create({ base: wire.address, credentials: key, transport, log: silentLog, clock: () => clock.now() }));
  const { signal } = new AbortController();
  const done = [
    facts.want(targets, { priority: 'document', asked: true, signal }),
    ...targets.slice(0, 6).map((target) => facts.rows(target, { limit: 10, offset: 0, internal: 'exclude' }, signal)),
  ];
  let open = true;
  const all = Promise.allSettled(done).then(() => {
    open = false;
  });
  while (open) {
    await clock.advance(20);
    await settle();
  }
  await all;
  await facts.close();
  await wire.close();
  return wire.requests.map(({ path: asked, body, headers }) => `${asked} ${decoded(asked)} ${body} ${decoded(body)} ${headers['referer'] ?? ''}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
