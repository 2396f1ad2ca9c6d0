/** Listeners of one event: told in order of subscription; one that throws does not keep the others from hearing it. */

export interface Emitter<T> {
  on(listener: (event: T) => void): { dispose(): void };
  emit(event: T): void;
}

/** @param onError told what a listener threw */
export function createEmitter<T>(onError: (error: unknown) => void = () => {}): Emitter<T> {
  const listeners = new Set<(event: T) => void>();
  return {
    on(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    emit(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
