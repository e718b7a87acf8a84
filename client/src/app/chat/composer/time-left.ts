import { DestroyRef, type Signal, inject, signal } from '@angular/core';

/** How long it still is, in the units it is said in. Nothing smaller than a second. */
export interface TimeLeft {
  hours: number;
  minutes: number;
  seconds: number;
}

/** Until a moment of an ISO date; null: it is over. Minutes are rounded up. */
export function timeLeft(until: string, now: number): TimeLeft | null {
  const seconds = Math.ceil((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) return null;
  if (seconds < 60) return { hours: 0, minutes: 0, seconds };
  const minutes = Math.ceil(seconds / 60);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60, seconds: 0 };
}

/** The time by the second, until the caller is destroyed. To be called while it is being made. */
export function ticking(): Signal<number> {
  const now = signal(Date.now());
  const timer = setInterval(() => now.set(Date.now()), 1000);
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
  return now.asReadonly();
}
