/** Calls npm in a folder, free of what an outer `npm run` or the user's shell put into the environment. */
import fs from 'node:fs';
import path from 'node:path';
import { runChild } from './process.mjs';

/** Settings that say how to reach the registry: these alone are passed on. `npm_config_global` or `npm_config_omit` would break an install. */
const KEPT =
  /^npm_config_(registry|cafile|ca|cert|key|proxy|https?_proxy|noproxy|no_proxy|cache|userconfig|globalconfig|strict_ssl|fetch_.*|prefer_offline|offline|\/\/.*|@.*)$/i;
const FLAGS = [
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--engine-strict=false',
  '--global=false',
  '--dry-run=false',
  '--package-lock=true',
  '--loglevel=error',
];

/** The environment for a nested npm. */
export function npmEnvironment(environment = process.env) {
  const kept = Object.entries(environment).filter(([name]) => {
    if (/^npm_config_/i.test(name)) return KEPT.test(name);
    return !/^(npm_|INIT_CWD$|NODE_ENV$)/i.test(name);
  });
  return Object.fromEntries(kept);
}

/**
 * `npm ci` in a folder: exactly its lock file, each package checked against its integrity hash, no install scripts.
 *
 * @returns exit code and what npm printed
 */
export function npmCi(folder) {
  const { command, args, shell } = npmCommand();
  return runChild(command, [...args, 'ci', ...FLAGS], { cwd: folder, env: npmEnvironment(), shell, quiet: true });
}

/** The npm that runs us where it is npm (not yarn or pnpm), else the one beside or on the path. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running && path.basename(running) === 'npm-cli.js' && fs.existsSync(running))
    return { command: process.execPath, args: [running], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}
