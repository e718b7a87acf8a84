import { Service, computed, effect, inject, signal, untracked } from '@angular/core';

import { I18n, type Language } from '../core/i18n/i18n';
import { addIcons } from '../ui/icon/loaded-icons';
import { type ConsoleMessages } from './text/messages';

const LOADERS: Record<Language, () => Promise<ConsoleMessages>> = {
  en: () => import('./text/en').then((file) => file.en),
  de: () => import('./text/de').then((file) => file.de),
};

/**
 * The texts of every page but the chat's, in the language in force. They, and the icons only these
 * pages show, come with the first such page, so that the chat loads without them.
 */
@Service()
export class ConsoleText {
  private readonly i18n = inject(I18n);
  private readonly state = signal<ConsoleMessages | null>(null);

  /** Only valid after `start`, which the routes wait for. */
  readonly text = computed<ConsoleMessages>(() => {
    const state = this.state();
    if (state === null) throw new Error('The texts of the consoles are not loaded yet.');
    return state;
  });

  constructor() {
    effect(() => {
      const language = this.i18n.language();
      if (untracked(this.state) !== null) void this.use(language);
    });
  }

  /** Loads what these pages need; to be awaited before one is shown. */
  async start(): Promise<void> {
    if (this.state() !== null) return;
    const icons = import('./console-icon-paths');
    await this.use(this.i18n.language());
    addIcons((await icons).CONSOLE_ICON_PATHS);
  }

  private async use(language: Language): Promise<void> {
    this.state.set(await LOADERS[language]());
  }
}
