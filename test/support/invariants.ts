/** The invariants as ARCHITECTURE.md states them: the sentences in bold below its heading. A test that holds one is named by it. */
import assert from 'node:assert/strict';
import { textOf } from './tree.ts';

/** The sentences, as one line each, without the bold's stars. */
export function statedInvariants(): string[] {
  const section = /^## Invariants\n([\s\S]*?)(?=^## )/m.exec(textOf('ARCHITECTURE.md'))?.[1] ?? '';
  return [...section.matchAll(/^\* \*\*([\s\S]*?)\*\*/gm)].map((match) => (match[1] ?? '').replace(/\s+/g, ' ').trim());
}

/**
 * Declares the test of an invariant. It also fails when ARCHITECTURE.md does not state the sentence, word for word.
 *
 * @param check gives one sentence a violation; none: the invariant holds
 */
export function invariant(sentence: string, check: () => readonly string[]): void {
  it(sentence, () => {
    assert.ok(statedInvariants().includes(sentence), 'ARCHITECTURE.md does not state this sentence in bold');
    assert.deepEqual(check(), []);
  });
}
