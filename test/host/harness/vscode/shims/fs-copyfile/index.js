// Stands in for the native module of the same name: Node's own copies, asking the file system for a clone where it can.
import { constants, copyFileSync as copySync } from 'node:fs';
import { copyFile as copyAsync, cp as copyTree } from 'node:fs/promises';

const cloneIfPossible = constants.COPYFILE_FICLONE;

export { constants };
export const copyFile = (from, to, mode = cloneIfPossible) => copyAsync(from, to, mode);
export const copyFileSync = (from, to, mode = cloneIfPossible) => copySync(from, to, mode);
export const cp = (from, to, options) => copyTree(from, to, { recursive: true, ...options });
export const isCloneSupported = () => Promise.resolve(false);
