import { DOCUMENT, DestroyRef, Service, computed, inject, signal } from '@angular/core';

import { Theme } from './theme';

/** Whether the page is dark, for what cannot follow `color-scheme` by itself, such as pictures. */
@Service()
export class DarkMode {
  private readonly theme = inject(Theme);
  private readonly systemIsDark = signal(false);

  readonly isOn = computed(() => {
    const mode = this.theme.mode();
    return mode === 'system' ? this.systemIsDark() : mode === 'dark';
  });

  constructor() {
    const list = inject(DOCUMENT).defaultView?.matchMedia?.('(prefers-color-scheme: dark)');
    if (list === undefined) return;
    this.systemIsDark.set(list.matches);
    const listener = ({ matches }: MediaQueryListEvent) => this.systemIsDark.set(matches);
    list.addEventListener('change', listener);
    inject(DestroyRef).onDestroy(() => list.removeEventListener('change', listener));
  }
}
