import assert from 'node:assert/strict';
import { isAbort, sourceError } from '../../../server/src/util/errors.ts';
import { bench, target } from './support.ts';

const PAGE = { limit: 10, offset: 0, internal: 'exclude' } as const;
const never = () => new AbortController().signal;

describe('factStore: rows', () => {
  it('reads a page once, however often and at the same time it is asked for', async () => {
    const { facts, source } = await bench();
    const one = target('site.com');
    await Promise.all([facts.rows(one, PAGE, never()), facts.rows(one, PAGE, never())]);
    await facts.rows(one, PAGE, never());
    assert.equal(source.rowCalls.length, 1);
    await facts.rows(one, { ...PAGE, offset: 10 }, never());
    await facts.rows(one, { ...PAGE, internal: 'only' }, never());
    await facts.rows(target('site.com/'), PAGE, never());
    assert.equal(source.rowCalls.length, 4);
  });

  it('never keeps a page that failed', async () => {
    const { facts, source } = await bench();
    source.check = () => {
      throw sourceError('bad-reply', 'what?');
    };
    await assert.rejects(facts.rows(target('site.com'), PAGE, never()));
    source.check = () => {};
    assert.equal((await facts.rows(target('site.com'), PAGE, never())).total, 0);
  });

  it('reads a page anew when the generation has changed', async () => {
    const { facts, source } = await bench();
    source.generation = 'g1';
    await facts.rows(target('site.com'), PAGE, never());
    source.generation = 'g2';
    await facts.rows(target('site.com'), { ...PAGE, offset: 10 }, never());
    await facts.rows(target('site.com'), PAGE, never());
    assert.equal(source.rowCalls.length, 3);
  });

  it('ends for one who gives up and goes on for the other', async () => {
    const { facts, source } = await bench();
    const controller = new AbortController();
    const given = facts.rows(target('site.com'), PAGE, controller.signal);
    const kept = facts.rows(target('site.com'), PAGE, never());
    controller.abort();
    await assert.rejects(given, isAbort);
    assert.equal((await kept).total, 0);
    assert.equal(source.rowCalls.length, 1);
  });

  it('closes a source whose rows fail, and opens it when they come', async () => {
    const { facts, source } = await bench({ remote: true });
    source.check = () => {
      throw sourceError('offline', 'no network');
    };
    await assert.rejects(facts.rows(target('site.com'), PAGE, never()));
    assert.equal(facts.health().state, 'problem');
    source.check = () => {};
    await facts.rows(target('site.com'), PAGE, never());
    assert.equal(facts.health().state, 'ok');
  });
});
