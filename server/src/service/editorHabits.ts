/** What the editor itself does with Markdown links, so that nothing is said or done twice. */

export interface EditorHabits {
  /** It reports links to files that are not there (`markdown.validate.enabled`). */
  readonly checksFiles: boolean;
  /** It updates links when a file is moved (`markdown.updateLinksOnFileMove.enabled`). */
  readonly movesLinks: boolean;
}

/** Any editor but VS Code, and VS Code as it comes. */
export const NO_HABITS: EditorHabits = { checksFiles: false, movesLinks: false };

/** @param markdown the editor's `markdown` section, or anything else */
export function readEditorHabits(markdown: unknown): EditorHabits {
  const files = at(markdown, 'validate.fileLinks.enabled');
  const moves = at(markdown, 'updateLinksOnFileMove.enabled');
  return {
    checksFiles: at(markdown, 'validate.enabled') === true && files !== 'ignore',
    movesLinks: moves === 'always' || moves === 'prompt',
  };
}

function at(section: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), section);
}
