/** The embedded index against the one suite: a real index of generated pages, read in the worker thread; then what can be wrong with a file. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openIndexInWorker } from '../../server/src/linkIndex/openIndexInWorker.ts';
import { createIndexSource } from '../../server/src/sources/index/indexSource.ts';
import { BacklinkLensError } from '../../server/src/util/errors.ts';
import { silentLog } from '../../server/src/util/log.ts';
import { temporaryFolder } from '../support/folders.ts';
import { describeSource } from './contract.ts';
import { buildWeb } from './generatedWeb.ts';
import { BIG, BIG_TOTAL, EMPTY, SMALL, target } from './world.ts';

const never = () => new AbortController().signal;
const source = (file: string) => createIndexSource({ path: file, open: openIndexInWorker, log: silentLog });

describeSource({
  name: 'index',
  async open() {
    const { folder, remove } = temporaryFolder('source');
    const opened = source(await buildWeb(folder, BIG_TOTAL));
    return {
      source: opened,
      big: { target: target(BIG), total: BIG_TOTAL },
      small: { target: target(SMALL), total: 3 },
      empty: target(EMPTY),
      async close() {
        await opened.close();
        remove();
      },
    };
  },
});

describe('source contract: index files that are not as they should be', () => {
  let folder: string;
  let remove: () => void;
  beforeEach(() => {
    ({ folder, remove } = temporaryFolder('source'));
  });
  afterEach(() => remove());

  it('says that there is none, and has it as soon as it is built', async () => {
    const file = path.join(folder, 'web.db');
    const late = source(file);
    for (let n = 0; n < 2; n++) {
      await assert.rejects(
        late.summaries([target(BIG)], never()),
        (error) => BacklinkLensError.is(error, 'index.missing') && error.message.includes(file),
      );
    }
    await buildWeb(folder, 12);
    const [result] = await late.summaries([target(BIG)], never());
    assert.ok(result !== undefined && 'summary' in result);
    assert.equal(result.summary.backlinks, 12);
    assert.equal((await late.info(never())).pages, 12);
    await late.close();
  });

  it('says that a file is no index', async () => {
    const file = path.join(folder, 'web.db');
    await writeFile(file, 'this is no index, whatever its name says\n'.repeat(100));
    const damaged = source(file);
    await assert.rejects(
      damaged.rows(target(BIG), { limit: 10, offset: 0, internal: 'exclude' }, never()),
      (error) => BacklinkLensError.is(error) && error.code.startsWith('index.'),
    );
    await rm(file);
    await assert.rejects(damaged.info(never()), (error) => BacklinkLensError.is(error, 'index.missing'));
    await damaged.close();
  });

  it('goes over to a new build by itself, and says so by its generation', async () => {
    const file = await buildWeb(folder, 12);
    const present = source(file);
    const before = await present.info(never());
    await buildWeb(folder, 20);
    const page = await present.rows(target(BIG), { limit: 250, offset: 0, internal: 'exclude' }, never());
    assert.equal(page.total, 20);
    assert.notEqual(page.generation, before.generation);
    assert.equal((await present.info(never())).generation, page.generation);
    await present.close();
  });

  it('answers nothing any more once it is closed', async () => {
    const closed = source(await buildWeb(folder, 3));
    await closed.info(never());
    await closed.close();
    await closed.close();
    await assert.rejects(closed.info(never()), (error) => BacklinkLensError.is(error, 'source.unavailable'));
  });
});
