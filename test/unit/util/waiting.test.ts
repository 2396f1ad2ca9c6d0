/** Small helpers of everything that waits, tells or remembers. */
import assert from 'node:assert/strict';
import { abortable } from '../../../server/src/util/abortable.ts';
import { coalesce } from '../../../server/src/util/coalesce.ts';
import { createEmitter } from '../../../server/src/util/emitter.ts';
import { ownString } from '../../../server/src/util/ownString.ts';
import { remember } from '../../../server/src/util/remember.ts';

describe('coalesce', () => {
  /** Time that a test moves by hand. */
  function handClock() {
    const due: (() => void)[] = [];
    return {
      due,
      after(_: number, run: () => void) {
        due.push(run);
        return () => void due.splice(due.indexOf(run), 1);
      },
    };
  }

  it('makes one run of many calls, and another of later ones', () => {
    const clock = handClock();
    let runs = 0;
    const ask = coalesce(() => void runs++, 10, clock);
    for (let call = 0; call < 5; call++) ask();
    assert.deepEqual([clock.due.length, runs], [1, 0]);
    clock.due.shift()?.();
    assert.equal(runs, 1);
    ask();
    assert.equal(clock.due.length, 1);
    ask.dispose();
    assert.equal(clock.due.length, 0);
  });
});

describe('emitter', () => {
  it('tells everybody, in order, though one of them throws', () => {
    const errors: unknown[] = [];
    const told: string[] = [];
    const emitter = createEmitter<string>((error) => errors.push(error));
    emitter.on((event) => told.push(`a${event}`));
    const failing = emitter.on(() => {
      throw new Error('no');
    });
    emitter.on((event) => told.push(`b${event}`));
    emitter.emit('1');
    failing.dispose();
    emitter.emit('2');
    assert.deepEqual([told, errors.length], [['a1', 'b1', 'a2', 'b2'], 1]);
  });
});

describe('abortable', () => {
  it('settles as the promise does, or with the reason of the abort', async () => {
    const { signal } = new AbortController();
    assert.equal(await abortable(Promise.resolve(5), signal), 5);
    await assert.rejects(abortable(Promise.reject(new TypeError('x')), signal), TypeError);
    const control = new AbortController();
    const waiting = abortable(new Promise(() => {}), control.signal);
    control.abort();
    await assert.rejects(waiting, { name: 'AbortError' });
    await assert.rejects(abortable(Promise.resolve(5), control.signal), { name: 'AbortError' });
  });
});

describe('what is remembered', () => {
  it('is computed once, null and undefined included, until there is too much', () => {
    const computed: string[] = [];
    const read = remember((text) => {
      computed.push(text);
      return text === 'none' ? null : text.length;
    }, 2);
    assert.deepEqual(['a', 'none', 'a', 'none', 'bbb', 'a'].map(read), [1, null, 1, null, 3, 1]);
    assert.deepEqual(computed, ['a', 'none', 'bbb', 'a']);
  });

  it('own strings are equal to what they were cut from', () => {
    for (const text of ['', 'short', 'long enough to be a slice', 'ümläute ünd 👩‍👩‍👧 dazu', 'a lone \ud800 surrogate in here'])
      assert.equal(ownString(text), text);
  });
});
