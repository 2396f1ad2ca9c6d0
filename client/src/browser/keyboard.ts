/** Keys in lists: arrows go from entry to entry, Home and End to the first and last; Tab goes on as everywhere. */

/**
 * @param list whose entries they are
 * @param selector of the one element an entry that takes the focus
 */
export function arrowKeys(list: HTMLElement, selector: string): void {
  list.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLElement) || !event.target.matches(selector)) return;
    const entries = [...list.querySelectorAll<HTMLElement>(selector)];
    const next = goal(event.key, entries.indexOf(event.target), entries.length);
    if (next === null) return;
    event.preventDefault();
    entries[next]?.focus();
  });
}

/** @returns the index to go to; null for a key that is none of ours */
function goal(key: string, at: number, length: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(at + 1, length - 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
