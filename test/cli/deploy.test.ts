/** The files in deploy/ start the program that there is: its options, its files, its addresses. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import { checkServeOptions, type ServeOptions, withServeOptions } from '../../server/src/commands/serveOptions.ts';
import { temporaryFolder } from '../support/folders.ts';
import { root } from '../support/tree.ts';

const UNIT = readFileSync(path.join(root, 'deploy/backlink-lens.service'), 'utf8');
const CONTAINER = readFileSync(path.join(root, 'deploy/Containerfile'), 'utf8');
const README = readFileSync(path.join(root, 'deploy/README.md'), 'utf8');

/** The options of `serve` as the program itself reads them. */
function parsed(args: readonly string[]): ServeOptions {
  const command = withServeOptions(new Command('serve'))
    .exitOverride()
    .configureOutput({ writeErr() {} });
  command.parse([...args], { from: 'user' });
  return command.opts<ServeOptions>();
}

const unitArgs = () => {
  const [, program = '', args = ''] = /^ExecStart=\/usr\/bin\/node (\S+) serve (.*)$/m.exec(UNIT) ?? [];
  return { program, args: args.split(' ') };
};
const list = (word: string) => JSON.parse(new RegExp(`^${word} (\\[.*\\])$`, 'm').exec(CONTAINER)?.[1] ?? '[]') as string[];

describe('deploy', () => {
  it('starts the service under systemd with options that it has', () => {
    const { program, args } = unitArgs();
    assert.equal(program, '/opt/backlink-lens/dist/cli.js');
    const options = parsed(args);
    assert.equal(checkServeOptions(options).index, '/srv/backlink-lens/web.db');
    assert.equal(options.keys, '/var/lib/backlink-lens/keys.db');
    assert.equal(options.log, 'json');
    const patience = Number(/^TimeoutStopSec=(\d+)$/m.exec(UNIT)?.[1]);
    assert.ok(options.stopTimeout < patience * 1000, 'systemd would kill what is still being answered');
  });

  it('starts the container with options that the service has, and asks for its health where it listens', () => {
    assert.deepEqual(list('ENTRYPOINT'), ['node', 'dist/cli.js', 'serve']);
    const options = parsed(list('CMD'));
    assert.equal(checkServeOptions(options).index, '/index/web.db');
    assert.match(CONTAINER, new RegExp(`^EXPOSE ${options.port} ${options.metricsAddress?.port}$`, 'm'));
    assert.match(CONTAINER, new RegExp(`HEALTHCHECK .*http://127\\.0\\.0\\.1:${options.metricsAddress?.port}/readyz`));
    assert.match(CONTAINER, /^USER node$/m);
    assert.match(README, new RegExp(`-p ${options.port}:${options.port} `));
    assert.doesNotMatch(README, new RegExp(`-p ${options.metricsAddress?.port}`));
  });

  it('copies what there is', () => {
    const copied = [...CONTAINER.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap((match) => (match[1] ?? '').split(' '));
    assert.deepEqual(
      copied.filter((file) => !existsSync(path.join(root, file))),
      [],
    );
  });

  it('holds no secret', () => {
    for (const text of [UNIT, CONTAINER]) assert.doesNotMatch(text, /secret|password|token(?!-lifetime)/i);
  });

  it('is a unit that systemd takes, where systemd is', async () => {
    const { folder, remove } = temporaryFolder('unit');
    try {
      // The program that it names need not be on this machine.
      const unit = path.join(folder, 'backlink-lens.service');
      writeFileSync(unit, UNIT.replace('/usr/bin/node', '/usr/bin/env'));
      const outcome = await promisify(execFile)('systemd-analyze', ['verify', unit]).catch((error: NodeJS.ErrnoException) => error);
      if ('code' in outcome && outcome.code === 'ENOENT') {
        console.log('      (no systemd on this machine: the unit was not verified)');
        return;
      }
      assert.ok(!('code' in outcome), 'message' in outcome ? outcome.message : '');
    } finally {
      remove();
    }
  });
});
