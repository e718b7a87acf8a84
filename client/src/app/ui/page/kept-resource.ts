import { type Resource, type Signal, linkedSignal } from '@angular/core';

/** A resource that can be asked for again. */
type Asked<T> = Resource<T> & { reload(): boolean };

/**
 * A resource that keeps what it had while something else is asked for: `app-region` then shows the
 * former content, marked as busy, instead of a skeleton at each change of a filter.
 */
export function keptResource<T>(asked: Asked<T | undefined>): Asked<T | undefined> {
  const value: Signal<T | undefined> = linkedSignal<T | undefined, T | undefined>({
    source: () => (asked.hasValue() ? asked.value() : undefined),
    computation: (now, before) => (now === undefined ? before?.value : now),
  });
  return {
    value,
    status: asked.status,
    error: asked.error,
    isLoading: asked.isLoading,
    snapshot: asked.snapshot,
    hasValue: () => value() !== undefined,
    reload: () => asked.reload(),
  } as Asked<T | undefined>;
}
