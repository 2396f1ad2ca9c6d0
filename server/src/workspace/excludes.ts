/** The editor's `files.exclude`: which files and folders it hides, and this layer with it. */
import picomatch from 'picomatch';

/** True for a path below the open folder that is hidden; a folder's path has no slash at its end. */
export type Excluded = (relative: string) => boolean;

export const NOTHING_EXCLUDED: Excluded = () => false;

/** Patterns match the whole path, as the editor's do: what is anywhere begins with two stars. */
export function createExcluded(patterns: readonly string[]): Excluded {
  const matchers = patterns.flatMap((pattern) => {
    try {
      return [picomatch(pattern.replace(/\/(?:\*\*)?$/, ''), { dot: true, nonegate: true })];
    } catch {
      return [];
    }
  });
  return matchers.length === 0 ? NOTHING_EXCLUDED : (relative) => matchers.some((matches) => matches(relative));
}
