/** Runs programs where the disk is too small or may not be written, by whatever means this machine has. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';

/** A user that owns nothing. */
const NOBODY = 65_534;

/** True where a file system of one's own can be mounted, seen by nobody else. */
export function canMount(): boolean {
  return spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' }).status === 0;
}

/**
 * Runs shell commands in a folder that is a file system of that size: a small tmpfs.
 *
 * @param script may remount it: `mount -o remount,ro "$1"`; its further arguments follow the folder
 * @returns what it printed
 */
export function onSmallDisk(folder: string, size: string, script: string, args: readonly string[]): string {
  return execFileSync('unshare', ['-rm', 'sh', '-ec', `mount -t tmpfs -o size=${size} tmpfs "$1"; ${script}`, 'sh', folder, ...args], {
    encoding: 'utf8',
  });
}

/** Runs a program that can make no file larger than that, and is told so instead of being killed. */
export function withSmallFiles(kilobytes: number, command: string, args: readonly string[]): string {
  const script = `trap '' XFSZ; ulimit -f ${kilobytes * 2}; exec "$0" "$@"`;
  return execFileSync('sh', ['-ec', script, command, ...args], { encoding: 'utf8' });
}

/** Runs a program for which the folder and all in it are not writable; as another user where this one may write everywhere. */
export function withoutWriting(folder: string, command: string, args: readonly string[]): string {
  const root = process.getuid?.() === 0;
  chmodSync(folder, 0o555);
  try {
    return execFileSync(command, args, { encoding: 'utf8', ...(root ? { uid: NOBODY, gid: NOBODY } : {}) });
  } finally {
    chmodSync(folder, 0o755);
  }
}
