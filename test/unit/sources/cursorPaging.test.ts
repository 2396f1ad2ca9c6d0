/** Offsets over cursors: one call a page when read in order, walks for jumps, nothing beyond the end, and bounded memory. */
import assert from 'node:assert/strict';
import { type CursorPaging, createCursorPaging } from '../../../server/src/sources/cursorPaging.ts';
import { parseTarget } from '../../../server/src/urls/targets.ts';
import { BacklinkLensError, isAbort, sourceError } from '../../../server/src/util/errors.ts';

const never = () => new AbortController().signal;

function asked(name: string) {
  const target = parseTarget(name);
  if (target === null) throw new TypeError(name);
  return { target, sent: name };
}

interface Service {
  readonly paging: CursorPaging<number>;
  /** Each call as `place+count`, `top` for no place. */
  readonly calls: string[];
  /** Places that it does not know any more. */
  readonly forgotten: Set<number>;
}

/** Rows are their own numbers, and so are places. */
function service(total: number, options: { readonly most?: number; readonly mostAnew?: number; readonly few?: number } = {}): Service {
  const calls: string[] = [];
  const forgotten = new Set<number>();
  const { most = 100, mostAnew, few = Number.POSITIVE_INFINITY } = options;
  const paging = createCursorPaging<number, number>({
    host: 'api.a.com',
    most,
    ...(mostAnew === undefined ? {} : { mostAnew }),
    async after(_, place, count) {
      calls.push(`${place ?? 'top'}+${count}`);
      if (place !== null && forgotten.has(place)) return null;
      const from = place ?? 0;
      const length = Math.max(0, Math.min(count, few, total - from));
      const next = from + length;
      return { rows: Array.from({ length }, (_unused, n) => from + n), next: next < total ? next : null };
    },
  });
  return { paging, calls, forgotten };
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);

describe('cursorPaging', () => {
  it('makes one call a page when pages are read in order, and none beyond the end', async () => {
    const { paging, calls } = service(95);
    for (const offset of [0, 25, 50, 75, 100, 1000]) {
      assert.deepEqual(await paging.page(asked('a.com'), { limit: 25, offset }, never()), numbers(Math.min(offset, 95), Math.min(offset + 25, 95)));
    }
    assert.deepEqual(calls, ['top+25', '25+25', '50+25', '75+25']);
  });

  it('makes several calls for a page that is larger than one call gives', async () => {
    const { paging, calls } = service(533);
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 250, offset: 0 }, never()), numbers(0, 250));
    assert.deepEqual(calls, ['top+100', '100+100', '200+50']);
  });

  it('goes on where a reply is shorter than was asked for and not the last', async () => {
    const { paging, calls } = service(40, { few: 7 });
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 25, offset: 0 }, never()), numbers(0, 25));
    assert.deepEqual(calls, ['top+25', '7+18', '14+11', '21+4']);
  });

  it('walks to a page far ahead, and remembers the way', async () => {
    const { paging, calls } = service(533);
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 10, offset: 300 }, never()), numbers(300, 310));
    assert.deepEqual(calls.splice(0), ['top+100', '100+100', '200+100', '300+10']);
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 10, offset: 210 }, never()), numbers(210, 220));
    assert.deepEqual(calls, ['200+20']);
  });

  it('begins anew at offset 0', async () => {
    const { paging, calls } = service(60);
    await paging.page(asked('a.com'), { limit: 50, offset: 0 }, never());
    await paging.page(asked('a.com'), { limit: 50, offset: 50 }, never());
    calls.length = 0;
    await paging.page(asked('a.com'), { limit: 50, offset: 0 }, never());
    await paging.page(asked('a.com'), { limit: 50, offset: 50 }, never());
    assert.deepEqual(calls, ['top+50', '50+50']);
  });

  it('keeps targets apart', async () => {
    const { paging, calls } = service(60);
    await paging.page(asked('a.com'), { limit: 25, offset: 0 }, never());
    assert.deepEqual(await paging.page(asked('b.com'), { limit: 25, offset: 25 }, never()), numbers(25, 50));
    assert.deepEqual(calls, ['top+25', 'top+50']);
  });

  it('walks from the top again, in longer steps, where a place is lost', async () => {
    const { paging, calls, forgotten } = service(400, { most: 50, mostAnew: 300 });
    await paging.page(asked('a.com'), { limit: 50, offset: 0 }, never());
    forgotten.add(50);
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 50, offset: 50 }, never()), numbers(50, 100));
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 50, offset: 100 }, never()), numbers(100, 150));
    assert.deepEqual(calls, ['top+50', '50+50', 'top+100', 'top+150']);
  });

  it('says so where a place is lost in the walk from the top, too', async () => {
    const { paging, forgotten } = service(400, { most: 50 });
    for (const place of numbers(1, 400)) forgotten.add(place);
    const call = paging.page(asked('a.com'), { limit: 50, offset: 50 }, never());
    await assert.rejects(call, (error) => BacklinkLensError.is(error, 'source.bad-reply') && /api\.a\.com.*a\.com twice/.test(error.message));
  });

  it('takes a place that is refused for one that is lost, and a refusal at the top for what it is', async () => {
    let refusing = (place: number | null): boolean => place === 10;
    const paging = createCursorPaging<number, number>({
      host: 'h',
      most: 10,
      mostAnew: 100,
      async after(_, place, count) {
        if (refusing(place)) throw sourceError('refused-target', 'h refused the question. Check the target.');
        return { rows: numbers(place ?? 0, (place ?? 0) + count), next: (place ?? 0) + count };
      },
    });
    await paging.page(asked('a.com'), { limit: 10, offset: 0 }, never());
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 10, offset: 10 }, never()), numbers(10, 20));
    refusing = () => true;
    await assert.rejects(paging.page(asked('a.com'), { limit: 10, offset: 0 }, never()), (error) =>
      BacklinkLensError.is(error, 'source.refused-target'),
    );
  });

  it('ends where a service says that there is more and gives nothing', async () => {
    const paging = createCursorPaging<number, number>({ host: 'h', most: 10, after: async () => ({ rows: [], next: 5 }) });
    assert.deepEqual(await paging.page(asked('a.com'), { limit: 10, offset: 0 }, never()), []);
  });

  it('stops on its way when it is cancelled', async () => {
    const controller = new AbortController();
    const paging = createCursorPaging<number, number>({
      host: 'h',
      most: 10,
      after: async (_, place) => {
        if (place !== null) controller.abort();
        return { rows: numbers(0, 10), next: (place ?? 0) + 10 };
      },
    });
    await assert.rejects(paging.page(asked('a.com'), { limit: 10, offset: 1000 }, controller.signal), isAbort);
  });

  it('remembers a few targets and some hundred places of each: what is forgotten is walked to again', async () => {
    const { paging, calls } = service(100_000);
    for (let n = 0; n < 40; n++) await paging.page(asked(`site-${n}.com`), { limit: 10, offset: 0 }, never());
    calls.length = 0;
    await paging.page(asked('site-39.com'), { limit: 10, offset: 10 }, never());
    await paging.page(asked('site-0.com'), { limit: 10, offset: 10 }, never());
    assert.deepEqual(calls.splice(0), ['10+10', 'top+20']);
    for (let offset = 0; offset < 8000; offset += 10) await paging.page(asked('a.com'), { limit: 10, offset }, never());
    calls.length = 0;
    await paging.page(asked('a.com'), { limit: 10, offset: 7000 }, never());
    await paging.page(asked('a.com'), { limit: 10, offset: 100 }, never());
    assert.deepEqual(calls, ['7000+10', 'top+100', '100+10']);
  });
});
