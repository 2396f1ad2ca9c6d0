/** One installer at a time: a folder as lock, made atomically, with the owner's process id inside; a dead owner's lock is taken over. */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cache } from './paths.mjs';
import { say } from './say.mjs';

/**
 * Runs `work` while nobody else on this checkout holds the lock of that name.
 *
 * @param name of the thing that is guarded
 */
export async function withLock(name, work) {
  const folder = path.join(cache, `${name}.lock`);
  fs.mkdirSync(cache, { recursive: true });
  let told = false;
  while (!take(folder)) {
    if (!told) say(`Waiting for another run that is installing (${path.relative(process.cwd(), folder)}) …`);
    told = true;
    await sleep(200);
  }
  const release = () => fs.rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(folder) {
  try {
    fs.mkdirSync(folder);
    fs.writeFileSync(path.join(folder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (abandoned(folder)) fs.rmSync(folder, { recursive: true, force: true });
    return false;
  }
}

/** The owner died, or died before it could write its id. */
function abandoned(folder) {
  try {
    const owner = Number(fs.readFileSync(path.join(folder, 'pid'), 'utf8'));
    if (owner > 0) return !alive(owner);
    return Date.now() - fs.statSync(folder).mtimeMs > 10_000;
  } catch {
    const stat = fs.statSync(folder, { throwIfNoEntry: false });
    return stat !== undefined && Date.now() - stat.mtimeMs > 10_000;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
