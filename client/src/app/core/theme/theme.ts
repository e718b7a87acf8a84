import { DOCUMENT, Service, effect, inject, signal } from '@angular/core';

import { localStore } from '../storage';

export const THEME_MODES = ['system', 'light', 'dark'] as const;
export type ThemeMode = (typeof THEME_MODES)[number];

/** Same key as public/theme.js, which puts the choice in force before the first paint. */
const KEY = 'theme';

/** Light, dark, or as the system has it. Both come from one set of colours by `color-scheme`. */
@Service()
export class Theme {
  readonly mode = signal<ThemeMode>(this.stored());

  private readonly root = inject(DOCUMENT).documentElement;

  constructor() {
    effect(() => {
      const mode = this.mode();
      this.root.style.colorScheme = mode === 'system' ? 'light dark' : mode;
    });
  }

  choose(mode: ThemeMode): void {
    this.mode.set(mode);
    localStore.write(KEY, mode === 'system' ? null : mode);
  }

  private stored(): ThemeMode {
    const stored = localStore.read(KEY);
    return THEME_MODES.find((mode) => mode === stored) ?? 'system';
  }
}
