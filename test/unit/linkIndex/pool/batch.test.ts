/** Captures in batches come out as they went in, whatever they hold. */
import assert from 'node:assert/strict';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { BatchDecoder, BatchEncoder, type CaptureBatch } from '../../../../server/src/linkIndex/ingest/pool/batch.ts';
import { formCode } from '../../../../server/src/linkIndex/sqlite/schema.ts';
import type { Capture } from '../../../../server/src/linkIndex/store.ts';
import { pageKey } from '../../../../server/src/urls/keys.ts';
import { LINK_TAGS } from '../../../../shared/backlinks.ts';

const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('http://www.a.com/x?utm_source=1#t', 'https://A.com', 'https://a.com:444/%7e', 'mailto:a'),
);
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', 'https://a.com/', 'grüße 漢字 \u{1f600}'));
const time = fc.option(fc.integer({ min: 0, max: 4e12 }));
const link = fc.record({
  url: fc.oneof(address, text),
  text,
  tag: fc.constantFrom(...LINK_TAGS),
  position: fc.option(fc.nat({ max: 100_000 })),
  nofollow: fc.boolean(),
  rel: fc.array(fc.constantFrom('nofollow', 'ugc', 'x-é'), { maxLength: 3 }),
});
const whole = fc.record({
  url: text,
  title: fc.option(text),
  capturedAt: time,
  ip: fc.option(text),
  canonical: fc.option(text),
  noindex: fc.boolean(),
  links: fc.array(link, { maxLength: 20 }),
});
const page = fc.oneof(
  whole,
  whole.map((value) => ({ ...value, truncated: true })),
);
const capture: fc.Arbitrary<Capture> = fc.oneof(
  page.map((value): Capture => ({ kind: 'page', page: value })),
  fc
    .record({ url: text, target: text, status: fc.constantFrom(301, 302, 308), capturedAt: time, ip: fc.option(text) })
    .map((redirect): Capture => ({ kind: 'redirect', redirect })),
  fc.record({ url: text, status: fc.constantFrom(404, 410), capturedAt: time }).map((gone): Capture => ({ kind: 'gone', gone })),
  fc.record({ url: text, capturedAt: time }).map((unchanged): Capture => ({ kind: 'unchanged', unchanged })),
);

/** As it comes out on the other side of a pipe. */
function sent(batch: CaptureBatch): CaptureBatch {
  return deserialize(serialize(batch)) as CaptureBatch;
}

/** Takes out what was worked out on the way, which must be right. */
function forgetKeys(one: Capture): void {
  if (one.kind !== 'page') return;
  for (const { url, known } of one.page.links) {
    assert.equal(known?.key ?? null, pageKey(url), url);
    if (known !== undefined) assert.equal(Math.max(known.form, -1), formCode(url, known.key), url);
  }
  const keys = new Map<string, unknown>();
  for (const { text: of, textKey } of one.page.links) assert.equal(textKey, keys.get(of) ?? keys.set(of, textKey).get(of), 'one key a text');
  const links = one.page.links.map(({ known: _, textKey: __, ...rest }) => rest);
  Object.assign(one, { page: { ...one.page, links } });
}

describe('pool: batches', () => {
  it('give back what was put in, in its order', () => {
    fc.assert(
      fc.property(
        fc.array(capture, { maxLength: 30 }),
        fc.nat({ max: 5000 }),
        fc.nat({ max: 5000 }),
        fc.nat(),
        (captures, limit, remembered, forget) => {
          const encoder = new BatchEncoder(limit, remembered);
          let decoder = new BatchDecoder();
          const back: Capture[] = [];
          for (const one of captures) {
            if (!encoder.add(one)) continue;
            back.push(...decoder.capturesOf(sent(encoder.take())));
            if (back.length % 7 !== forget % 7) continue;
            // As between two inputs: each has a reader of its own.
            encoder.forget();
            decoder = new BatchDecoder();
          }
          back.push(...decoder.capturesOf(sent(encoder.take())));
          for (const one of back) forgetKeys(one);
          assert.deepEqual(back, structuredClone(captures));
          assert.ok(encoder.empty);
        },
      ),
    );
  });

  it('say each address and text once, until too much of it is remembered', () => {
    const url = 'https://a.com/a-page-of-some-length';
    const link = { url, text: 'the text', tag: 'a' as const, position: 1, nofollow: false, rel: ['ugc'] };
    const captured: Capture = { kind: 'page', page: { url, title: 'A', capturedAt: 1, ip: null, canonical: null, noindex: false, links: [link] } };
    const texts = (remembered: number): number[] => {
      const encoder = new BatchEncoder(1, remembered);
      return Array.from({ length: 3 }, () => (encoder.add(captured) ? encoder.take().texts.length : -1));
    };
    // Address, title, key, text, rel; where the address is the page's own, its key still crosses by itself.
    assert.deepEqual(texts(1e6), [5, 0, 0]);
    assert.deepEqual(texts(1), [5, 5, 5]);
  });

  it('are a fraction of the objects they stand for', () => {
    const links = Array.from({ length: 100 }, (_, at) => ({
      url: `https://a${at % 10}.com/page`,
      text: `link ${at % 20}`,
      tag: 'a' as const,
      position: at + 1,
      nofollow: false,
      rel: [],
    }));
    const captures = Array.from({ length: 100 }, (_, at): Capture => {
      return { kind: 'page', page: { url: `https://b.org/${at}`, title: null, capturedAt: 1, ip: null, canonical: null, noindex: false, links } };
    });
    const encoder = new BatchEncoder(1e9);
    for (const one of captures) encoder.add(one);
    const [objects, batch] = [serialize(captures.map((one) => structuredClone(one))).length, serialize(encoder.take()).length];
    assert.ok(batch * 3 < objects, `${batch} bytes, objects ${objects}`);
  });
});
