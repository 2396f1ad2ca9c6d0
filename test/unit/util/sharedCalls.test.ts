import assert from 'node:assert/strict';
import { isAbort } from '../../../server/src/util/errors.ts';
import { createSharedCalls } from '../../../server/src/util/sharedCalls.ts';

const never = () => new AbortController().signal;

function setup() {
  const started: { readonly signal: AbortSignal; resolve(value: number): void; reject(error: Error): void }[] = [];
  const calls = createSharedCalls<number>();
  const run = (key: string, signal = never()) =>
    calls.run(key, signal, (own) => new Promise((resolve, reject) => void started.push({ signal: own, resolve, reject })));
  return { started, run };
}

describe('shared calls', () => {
  it('makes one call for all who ask the same at the same time', async () => {
    const { started, run } = setup();
    const all = [run('a'), run('a'), run('b')];
    assert.equal(started.length, 2);
    started[0]?.resolve(1);
    started[1]?.resolve(2);
    assert.deepEqual(await Promise.all(all), [1, 1, 2]);
  });

  it('remembers neither an answer nor a failure', async () => {
    const { started, run } = setup();
    const first = run('a');
    started[0]?.reject(new TypeError('broken'));
    await assert.rejects(first, TypeError);
    const second = run('a');
    started[1]?.resolve(1);
    assert.equal(await second, 1);
    const third = run('a');
    started[2]?.resolve(2);
    assert.equal(await third, 2);
  });

  it('lets one go and goes on for the other', async () => {
    const { started, run } = setup();
    const controller = new AbortController();
    const [given, kept] = [run('a', controller.signal), run('a')];
    controller.abort();
    await assert.rejects(given, isAbort);
    assert.equal(started[0]?.signal.aborted, false);
    started[0]?.resolve(1);
    assert.equal(await kept, 1);
  });

  it('aborts the call with the last one, and the next begins anew', async () => {
    const { started, run } = setup();
    const controllers = [new AbortController(), new AbortController()];
    const given = controllers.map(({ signal }) => run('a', signal));
    for (const controller of controllers) controller.abort();
    for (const one of given) await assert.rejects(one, isAbort);
    assert.equal(started[0]?.signal.aborted, true);
    const next = run('a');
    assert.equal(started.length, 2);
    started[0]?.reject(new TypeError('late'));
    started[1]?.resolve(5);
    assert.equal(await next, 5);
  });

  it('starts nothing for one who has given up', async () => {
    const { started, run } = setup();
    await assert.rejects(run('a', AbortSignal.abort()), isAbort);
    assert.equal(started.length, 0);
  });
});
