/** Keys files that cannot be used, each with the code that says why; and what is kept of a secret. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type KeyFile, openKeyFile } from '../../../server/src/api/access/keyFile.ts';
import { openLedgerInThread } from '../../../server/src/api/access/ledgerThread.ts';
import { matches, verifierOf } from '../../../server/src/api/access/verifier.ts';
import { BacklinkLensError, type ErrorCode } from '../../../server/src/util/errors.ts';
import { canMount, onSmallDisk, withoutWriting } from '../../support/badDisk.ts';
import { builtIndex } from '../../support/builtIndex.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { WORKER } from './keyed.ts';

const PROBE = path.join(import.meta.dirname, '../../fixtures/api/keysProbe.ts');

describe('service: the keys file', () => {
  const { folder, remove } = temporaryFolder('keyfile');
  after(remove);
  const fileOf = (name: string) => path.join(folder, name);

  function made(name: string): string {
    const file = fileOf(name);
    const keys = openKeyFile(file, { create: true });
    for (let number = 0; number < 200; number++) keys.add({ id: `id${number}`, name: `n${number}`, verifier: 'v'.repeat(90), credits: 1, now: 1 });
    keys.close();
    return file;
  }

  function sql(file: string, statements: string): void {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    const database = new DatabaseSync(file);
    database.exec(statements);
    database.close();
  }

  const bad: readonly (readonly [string, ErrorCode, RegExp, () => string | Promise<string>])[] = [
    ['none', 'keys.missing', /serve keys add NAME --keys/, () => fileOf('none')],
    ['a folder', 'keys.damaged', /is a folder/, () => folder],
    [
      'text',
      'keys.damaged',
      /holds no keys, or is damaged/,
      () => {
        writeFileSync(fileOf('text'), 'name,secret\n'.repeat(200));
        return fileOf('text');
      },
    ],
    [
      'another database',
      'keys.damaged',
      /a database, but not one of keys/,
      () => {
        sql(fileOf('other'), 'CREATE TABLE t (a)');
        return fileOf('other');
      },
    ],
    [
      'an index',
      'keys.damaged',
      /a database, but not one of keys/,
      async () => {
        const pointer = await builtIndex(folder);
        return path.join(folder, JSON.parse(readFileSync(pointer, 'utf8')).file);
      },
    ],
    [
      'one that ends in the middle',
      'keys.damaged',
      /holds no keys, or is damaged/,
      () => {
        const file = made('half');
        truncateSync(file, statSync(file).size / 2);
        return file;
      },
    ],
    [
      'one with broken pages',
      'keys.damaged',
      /holds no keys, or is damaged/,
      () => {
        const file = made('pages');
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4_096, 20_000);
        writeFileSync(file, bytes);
        return file;
      },
    ],
    [
      'one of a newer version',
      'keys.newer-schema',
      /newer version/,
      () => {
        sql(made('newer'), 'PRAGMA user_version = 99');
        return fileOf('newer');
      },
    ],
    [
      'one that is locked',
      'keys.busy',
      /keeps .* locked/,
      () => {
        const file = made('locked');
        const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
        const other = new DatabaseSync(file);
        other.exec('BEGIN IMMEDIATE');
        setTimeout(() => other.close(), 4_000);
        return file;
      },
    ],
  ];
  for (const [what, code, message, make] of bad) {
    it(`${what}: ${code}, on the command line and in the service`, async () => {
      const file = await make();
      const expected = (error: unknown) => BacklinkLensError.is(error, code) && message.test(error.message);
      assert.throws(() => openKeyFile(file, { patience: 50 }), expected);
      if (code !== 'keys.busy') await assert.rejects(openLedgerInThread(file, WORKER), expected);
    }).timeout(10_000);
  }

  it('is never replaced or changed when it is not one of keys', async () => {
    sql(fileOf('precious'), 'CREATE TABLE t (a)');
    const before = readFileSync(fileOf('precious'));
    assert.throws(() => openKeyFile(fileOf('precious'), { create: true }));
    assert.deepEqual(readFileSync(fileOf('precious')), before);
  });

  it('read-only, or in a folder that is: keys.not-writable', () => {
    const apart = fileOf('apart');
    mkdirSync(apart);
    const file = path.join(apart, 'keys');
    copyFileSync(made('writable'), file);
    chmodSync(folder, 0o755);
    chmodSync(file, 0o444);
    assert.match(withoutWriting(apart, process.execPath, [PROBE, file]), /^keys\.not-writable /);
  });

  it('a full disk: keys.not-writable, and what was there stays', function () {
    if (!canMount()) this.skip();
    const mount = fileOf('disk');
    mkdirSync(mount);
    const script = 'cp "$2" "$1/keys"; dd if=/dev/zero of="$1/fill" bs=1k 2>/dev/null || true; "$3" "$4" "$1/keys"';
    assert.match(onSmallDisk(mount, '256k', script, [made('full'), process.execPath, PROBE]), /^keys\.not-writable /);
  });

  it('nobody but its owner may read it, nor what SQLite puts beside it', () => {
    const keys = openKeyFile(fileOf('private'), { create: true });
    keys.add({ id: 'a', name: 'a', verifier: 'v', credits: null, now: 1 });
    for (const name of ['private', 'private-wal', 'private-shm']) assert.equal(statSync(fileOf(name)).mode & 0o777, 0o600, name);
    keys.close();
  });

  describe('changes', () => {
    let keys: KeyFile;
    before(() => {
      keys = openKeyFile(fileOf('changes'), { create: true });
      for (const name of ['b', 'a']) keys.add({ id: `id-${name}`, name, verifier: 'v', credits: 5, now: 1 });
    });
    after(() => keys.close());

    it('lists by name; finds by name or id', () => {
      assert.deepEqual(
        keys.list().map(({ name }) => name),
        ['a', 'b'],
      );
      assert.equal(keys.suspend('id-a', 7).suspended, 7);
      assert.equal(keys.suspend('a', 8).suspended, 7);
      assert.equal(keys.resume('a').suspended, null);
      assert.equal(keys.grant('a', 3).granted, 8);
    });

    it('refuses a name twice, until its key is deleted', () => {
      const again = { id: 'id-c', name: 'b', verifier: 'v', credits: null, now: 1 };
      assert.throws(
        () => keys.add(again),
        (error) => BacklinkLensError.is(error, 'usage.invalid'),
      );
      keys.delete('b', 9);
      keys.add(again);
      assert.deepEqual(
        keys.list().map(({ id }) => id),
        ['id-a', 'id-c'],
      );
    });

    it('refuses what is not there', () => {
      for (const method of ['resume', 'grant', 'suspend', 'delete'] as const) {
        assert.throws(() => keys[method]('nobody', 1), /has no key named nobody/);
      }
    });
  });
});

describe('service: secrets as they are kept', () => {
  it('a salted scrypt hash that only the secret fits', async () => {
    const [one, two] = await Promise.all([verifierOf('secret'), verifierOf('secret')]);
    assert.match(one ?? '', /^\$scrypt\$ln=15,r=8,p=3\$[\w+/]{22}\$[\w+/]{43}$/);
    assert.notEqual(one, two);
    assert.deepEqual(await Promise.all([matches('secret', one ?? ''), matches('Secret', one ?? ''), matches('', one ?? '')]), [true, false, false]);
  });

  it('agrees with OpenSSL', async () => {
    const verifier = await verifierOf('secret');
    const [, , , salt = '', hash = ''] = verifier.split('$');
    const hex = Buffer.from(salt, 'base64').toString('hex');
    const out = execFileSync(
      'openssl',
      [
        'kdf',
        '-keylen',
        '32',
        '-kdfopt',
        'pass:secret',
        '-kdfopt',
        `hexsalt:${hex}`,
        '-kdfopt',
        'n:32768',
        '-kdfopt',
        'r:8',
        '-kdfopt',
        'p:3',
        '-kdfopt',
        'maxmem_bytes:67108864',
        'SCRYPT',
      ],
      { encoding: 'utf8' },
    );
    assert.equal(out.trim().replaceAll(':', '').toLowerCase(), Buffer.from(hash, 'base64').toString('hex'));
  });

  for (const [what, verifier] of [
    ['an id that does not exist', null],
    ['a text of another format', 'plain'],
    ['parameters that would eat the memory', `$scrypt$ln=30,r=99,p=99$${'a'.repeat(22)}$${'a'.repeat(43)}`],
  ] as const) {
    it(`no secret fits ${what}`, async () => assert.equal(await matches('secret', verifier), false));
  }
});
