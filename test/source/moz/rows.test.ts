/** Moz's rows: tokens in the place of offsets, domains that it takes for hosts, no record, and the penalty for refused calls. */
import assert from 'node:assert/strict';
import { BacklinkLensError } from '../../../server/src/util/errors.ts';
import { never } from '../over.ts';
import { BIG, type Handler, json, linkOf, SMALL, target, type WireRequest } from '../world.ts';
import { APIS, over } from './apis.ts';
import { LOGIN, TOKEN, V2_ENDS, V3_ENDS, v3, wireLink } from './world.ts';

describe('Moz: rows', () => {
  for (const [name, handler, key] of APIS) {
    it(`${name}: fills a page of 250 with five calls of 50, and goes on where they ended`, () =>
      over(handler(), key, async (source, wire) => {
        for (const offset of [0, 250, 500]) await source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
        assert.deepEqual([wire.requests.length, source.spent], [11, { calls: 11, rows: 533, amount: 533 }]);
      }));

    it(`${name}: a token that is forgotten costs a walk, not the rows`, async () => {
      let forgetful = false;
      const handlerOf: Handler = handler((request) => {
        const refused = forgetful && request.body.includes('token-250');
        forgetful = forgetful && !refused;
        return refused ? json({ error_message: 'Invalid token', error: { code: 1, status: 400, message: 'Invalid token', data: {} } }, 400) : null;
      });
      await over(handlerOf, key, async (source) => {
        const page = (offset: number) => source.rows(target(BIG), { limit: 250, offset, internal: 'exclude' }, never());
        await page(0);
        forgetful = true;
        const { rows } = await page(250);
        assert.equal(rows.length, 250);
        assert.equal(rows[0]?.sourceUrl, 'https://blog.linker-10.com/post/250');
      });
    });

    it(`${name}: stops before refusals bring the penalty, and goes on after five minutes`, () =>
      over(
        handler(() => json({ error_message: 'Nobody', error: { code: -32651, status: 401, message: 'Nobody', data: {} } }, 401)),
        key,
        async (source, wire, tick) => {
          const ask = () => source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
          for (let n = 0; n < 45; n++) await assert.rejects(ask, (error) => BacklinkLensError.is(error, 'source.auth'));
          await assert.rejects(ask, (error) => BacklinkLensError.is(error, 'source.throttled') && error.retryAfter === 300_000);
          assert.equal(wire.requests.length, 45);
          tick(300_001);
          await assert.rejects(ask, (error) => BacklinkLensError.is(error, 'source.auth'));
        },
      ));

    it(`${name}: a domain that Moz takes for a part of another one is asked for as a host`, () => {
      // As if the suffix `site.com` were no public one: `a-site.com` is a host of it, and a question for the domain is answered for all of it.
      const links = (request: WireRequest) => {
        const whole = /"(?:target_scope|scope)":"(?:root_domain|domain)"/.test(request.body);
        const given = [1, 2].map((n) =>
          wireLink(
            { ...linkOf('a-site.com', n), to: whole ? 'https://b-site.com/' : 'https://www.a-site.com/' },
            n,
            key === LOGIN ? V2_ENDS : V3_ENDS,
          ),
        );
        return key === LOGIN ? json({ results: given, next_token: '' }) : json({ result: { links: given, offset: { token: null } } });
      };
      return over(
        handler((request) => (/links|link\.list/.test(request.path + request.body) ? links(request) : null)),
        key,
        async (source, wire) => {
          const { rows } = await source.rows(target('a-site.com'), { limit: 10, offset: 0, internal: 'exclude' }, never());
          assert.deepEqual(
            rows.map(({ targetUrl }) => targetUrl),
            ['https://www.a-site.com/', 'https://www.a-site.com/'],
          );
          await source.rows(target('a-site.com'), { limit: 10, offset: 0, internal: 'exclude' }, never());
          assert.equal(wire.requests.length, 3);
        },
      );
    });
  }

  it('takes no record for nothing known, not for none', () => {
    const missing = { code: -32655, status: 404, message: 'No record for that query.', data: { key: 'site_query' } };
    const nothing = v3(({ body }) => (body.includes('link.list') || body.includes('a-site.com') ? json({ error: missing }, 404) : null));
    return over(nothing, TOKEN, async (source) => {
      const { rows } = await source.rows(target(SMALL), { limit: 10, offset: 0, internal: 'exclude' }, never());
      assert.deepEqual(rows, []);
      const results = await source.summaries([target('a-site.com')], never());
      assert.deepEqual(
        results.map((result) => ('summary' in result ? result.summary.backlinks : 'failed')),
        [null],
      );
    });
  });
});
