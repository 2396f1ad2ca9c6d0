/** Inputs that are named twice, under one name or several: one of them is read. */
import { createHash } from 'node:crypto';
import { fileSource } from './fileSource.ts';
import type { PlannedInput } from './plan.ts';

export interface WithoutCopies {
  readonly inputs: readonly PlannedInput[];
  readonly copies: readonly { readonly input: PlannedInput; readonly of: PlannedInput }[];
}

/** SHA-256 of a file, hex. */
export async function hashOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of fileSource(file).bytes(signal)) hash.update(piece);
  return hash.digest('hex');
}

/** Keeps the first of several that are the same. Only files of one size are looked into; what cannot be read is left to whoever reads it. */
export async function withoutCopies(named: readonly PlannedInput[], signal: AbortSignal): Promise<WithoutCopies> {
  const sizes = new Map<number, number>();
  for (const { kind, bytes } of named) if (kind === 'file' && bytes !== null) sizes.set(bytes, (sizes.get(bytes) ?? 0) + 1);
  const first = new Map<string, PlannedInput>();
  const inputs: PlannedInput[] = [];
  const copies: { input: PlannedInput; of: PlannedInput }[] = [];
  for (const input of named) {
    const alike = input.kind === 'file' && (sizes.get(input.bytes ?? -1) ?? 0) > 1;
    const identity = first.has(input.at) || !alike ? input.at : await hashOf(input.at, signal).catch(() => input.at);
    signal.throwIfAborted();
    const of = first.get(input.at) ?? first.get(identity);
    if (of === undefined) inputs.push(input);
    else copies.push({ input, of });
    for (const known of [input.at, identity]) if (!first.has(known)) first.set(known, of ?? input);
  }
  return { inputs, copies };
}
