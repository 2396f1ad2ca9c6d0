import assert from 'node:assert/strict';
import { target } from '../facts/support.ts';
import { isToken, NO_ROWS, never, PAGE, reasonOf, reply, setup, token } from './contractDouble.ts';

describe('searchmetrics: key and token', () => {
  it('asks for a token once, however many calls begin at the same time', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t1') : NO_ROWS));
    await Promise.all(['a.com', 'b.com', 'c.com'].map((name) => source.rows(target(name), PAGE, never())));
    await source.rows(target('d.com'), PAGE, never());
    assert.deepEqual(
      asked.filter(isToken).map(({ method, authorization, body }) => [method, authorization, body]),
      [['POST', `Basic ${Buffer.from('id:s%3Ae%20c').toString('base64')}`, 'grant_type=client_credentials']],
    );
    assert.ok(asked.filter((one) => !isToken(one)).every((one) => one.authorization === 'Bearer t1'));
  });

  it('gets a new token before the old one ends, and never where it has no end', async () => {
    for (const [seconds, tokens] of [
      [3600, 2],
      [null, 1],
      [315_360_000, 1],
    ] as const) {
      const at = setup((one) => (isToken(one) ? token('t', seconds) : NO_ROWS));
      await at.source.rows(target('a.com'), PAGE, never());
      at.now = 3_541_000;
      await at.source.rows(target('a.com'), PAGE, never());
      assert.equal(at.asked.filter(isToken).length, tokens);
    }
  });

  it('gets a new token once when the old one is refused', async () => {
    let tokens = 0;
    const { source, asked } = setup((one) =>
      isToken(one) ? token(`t${++tokens}`) : one.authorization === 'Bearer t2' ? NO_ROWS : reply({ error: 1 }, 401),
    );
    await source.rows(target('a.com'), PAGE, never());
    await source.rows(target('a.com'), PAGE, never());
    assert.deepEqual(
      asked.map((one) => (isToken(one) ? 'token' : one.authorization)),
      ['token', 'Bearer t1', 'token', 'Bearer t2', 'Bearer t2'],
    );
  });

  it('gives up when the new token is refused too', async () => {
    const { source, asked } = setup((one) => (isToken(one) ? token('t') : reply({ error: 4011001, error_message: 'suspended' }, 401)));
    await assert.rejects(source.rows(target('a.com'), PAGE, never()), (error) => reasonOf(error) === 'auth' && /suspended/.test(String(error)));
    assert.equal(asked.length, 4);
  });

  it('forgets a token call that failed', async () => {
    let down = true;
    const { source } = setup((one) => (isToken(one) ? (down ? reply({}, 503) : token('t')) : NO_ROWS));
    await assert.rejects(source.rows(target('a.com'), PAGE, never()), (error) => reasonOf(error) === 'unavailable');
    down = false;
    assert.equal((await source.rows(target('a.com'), PAGE, never())).total, 0);
  });

  it('says what is wrong with a token reply', async () => {
    for (const [answer, reason] of [
      [reply({ error: 'invalid_client', error_message: 'unknown key' }, 401), 'auth'],
      [reply({ error: 'invalid_client' }, 400), 'auth'],
      [reply({ error: 'no' }, 403), 'auth'],
      [reply({}, 429, { 'retry-after': '3' }), 'throttled'],
      [{ status: 200, headers: {}, text: '<html>' }, 'bad-reply'],
      [reply({ token: 'x' }), 'bad-reply'],
      [reply({ access_token: 'a\nb' }), 'bad-reply'],
    ] as const) {
      const { source } = setup(() => answer);
      await assert.rejects(source.rows(target('a.com'), PAGE, never()), (error) => reasonOf(error) === reason, reason);
    }
  });

  it('sends nothing to a remote endpoint without a key', async () => {
    const { source, asked } = setup(() => NO_ROWS, { key: false });
    await assert.rejects(source.summaries([target('a.com')], never()), (error) => reasonOf(error) === 'auth' && /Set it with/.test(String(error)));
    assert.deepEqual(asked, []);
  });

  it('asks an open endpoint on this machine without a key, and says if it wants one', async () => {
    const local = { endpoint: 'http://127.0.0.1:8080', key: false };
    const { source, asked } = setup(() => NO_ROWS, local);
    await source.rows(target('a.com'), PAGE, never());
    assert.deepEqual(
      asked.map((one) => one.authorization),
      [null],
    );
    const closed = setup(() => reply({ error: 4011001, error_message: 'no token' }, 401), local);
    await assert.rejects(
      closed.source.rows(target('a.com'), PAGE, never()),
      (error) => reasonOf(error) === 'auth' && /needs a key/.test(String(error)),
    );
  });
});
