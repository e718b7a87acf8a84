import { type Resource, type Signal, linkedSignal } from '@angular/core';

/** A resource whose last value stays while another one is asked for, so that tables do not blink. */
export interface KeptResource<T> {
  value(): T;
  hasValue(): boolean;
  readonly error: Signal<Error | undefined>;
  readonly isLoading: Signal<boolean>;
  reload(): unknown;
}

export function keepShown<T>(
  asked: Resource<T | undefined> & { reload(): unknown },
): KeptResource<T> {
  const kept = linkedSignal<T | undefined, T | undefined>({
    source: () => (asked.hasValue() ? (asked.value() as T) : undefined),
    computation: (value, previous) => value ?? previous?.value,
  });
  return {
    value: () => kept() as T,
    hasValue: () => kept() !== undefined,
    error: asked.error,
    isLoading: asked.isLoading,
    reload: () => asked.reload(),
  };
}
