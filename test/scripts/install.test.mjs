/** What the scripts install: once, whole or not at all, and free of the environment they were called in. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dependenciesCurrent, installPinned } from '../../scripts/lib/install.mjs';
import { withLock } from '../../scripts/lib/lock.mjs';
import { npmEnvironment } from '../../scripts/lib/npm.mjs';
import { cache } from '../../scripts/lib/paths.mjs';
import { suits } from '../../scripts/runtime.mjs';

const temporary = () => fs.mkdtempSync(path.join(os.tmpdir(), 'backlink-lens-scripts-'));

describe('scripts: which Node suits', () => {
  for (const [version, wanted] of [
    ['18.20.8', false],
    ['20.20.2', false],
    ['22.18.0', false],
    ['22.19.0', true],
    ['23.5.0', false],
    ['23.6.0', true],
    ['24.0.0', true],
    ['100.1.0', true],
  ]) {
    it(`${version}: ${wanted ? 'yes' : 'no'}`, () => assert.equal(suits(version), wanted));
  }
});

describe('scripts: the environment of a nested npm', () => {
  it('keeps how the registry is reached, and drops what would change what is installed', () => {
    const given = {
      PATH: '/bin',
      HTTPS_PROXY: 'http://proxy.example:1',
      npm_config_registry: 'https://packages.example/',
      npm_config_cafile: '/ca.pem',
      'npm_config_//registry.example/:_authToken': 't',
      npm_config_omit: 'dev',
      npm_config_global: 'true',
      NPM_CONFIG_DRY_RUN: 'true',
      npm_lifecycle_event: 'test',
      npm_package_name: 'x',
      NODE_ENV: 'production',
      INIT_CWD: '/x',
    };
    assert.deepEqual(Object.keys(npmEnvironment(given)).sort(), [
      'HTTPS_PROXY',
      'PATH',
      'npm_config_//registry.example/:_authToken',
      'npm_config_cafile',
      'npm_config_registry',
    ]);
  });
});

describe('scripts: dependencies', () => {
  const cases = [
    { title: 'nothing is installed', sets: [{ 'node_modules/a': { version: '1.0.0' } }, null], current: false },
    { title: 'all is there', sets: [{ 'node_modules/a': { version: '1.0.0' } }, { 'node_modules/a': { version: '1.0.0' } }], current: true },
    {
      title: 'another version is there',
      sets: [{ 'node_modules/a': { version: '1.0.1' } }, { 'node_modules/a': { version: '1.0.0' } }],
      current: false,
    },
    { title: 'one is missing', sets: [{ 'node_modules/a': { version: '1.0.0' } }, {}], current: false },
    { title: 'one for another system is missing', sets: [{ 'node_modules/a': { version: '1.0.0', optional: true } }, {}], current: true },
    { title: 'more is there than asked for', sets: [{}, { 'node_modules/a': { version: '1.0.0' } }], current: true },
  ];
  for (const { title, sets, current } of cases) {
    it(`${current ? 'stay' : 'are installed'} when ${title}`, () => {
      const [wanted, found] = sets;
      const folder = temporary();
      fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
      fs.mkdirSync(path.join(folder, 'node_modules'));
      if (found !== null) fs.writeFileSync(path.join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: found }));
      assert.equal(dependenciesCurrent(folder), current);
      fs.rmSync(folder, { recursive: true });
    });
  }
});

describe('scripts: pinned installs', () => {
  const name = `test-${process.pid}`;
  const leftovers = () => fs.readdirSync(cache).filter((entry) => entry.startsWith(name));
  let source;
  before(() => {
    source = temporary();
    fs.writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name: 'pinned', private: true }));
    const lock = { name: 'pinned', lockfileVersion: 3, requires: true, packages: { '': { name: 'pinned' } } };
    fs.writeFileSync(path.join(source, 'package-lock.json'), JSON.stringify(lock));
  });
  after(() => {
    fs.rmSync(source, { recursive: true });
    for (const entry of leftovers()) fs.rmSync(path.join(cache, entry), { recursive: true });
  });

  it('leave nothing that looks complete when the last step fails', async () => {
    const failing = installPinned(name, source, 'nothing', () => {
      throw new Error('the package is not there');
    });
    await assert.rejects(failing, /not there/);
    assert.deepEqual(
      leftovers().filter((entry) => !entry.includes('draft')),
      [],
    );
  });

  it('happen once for two that ask at the same time', async () => {
    let finished = 0;
    const install = () => installPinned(name, source, 'nothing', () => (finished += 1));
    const [one, two] = await Promise.all([install(), install()]);
    assert.equal(one, two);
    assert.equal(finished, 1);
    assert.ok(fs.existsSync(path.join(one, 'package-lock.json')));
    assert.equal(leftovers().length, 1);
  });

  it('take over the lock of a process that died', async () => {
    const lock = path.join(cache, `${name}.lock`);
    fs.mkdirSync(lock);
    fs.writeFileSync(path.join(lock, 'pid'), '999999999');
    assert.equal(await withLock(name, () => 'in'), 'in');
    assert.equal(fs.existsSync(lock), false);
  });
});
