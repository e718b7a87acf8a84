import { DestroyRef, Service, inject, signal } from '@angular/core';

/** Often enough for "5 min ago" and for a countdown in minutes. */
const EVERY_MS = 30_000;

/** The time, for what is shown in minutes or days: a signal that moves twice a minute. */
@Service()
export class Now {
  private readonly state = signal(Date.now());
  readonly ms = this.state.asReadonly();

  constructor() {
    const timer = setInterval(() => this.state.set(Date.now()), EVERY_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
