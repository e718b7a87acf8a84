import { DOCUMENT, DestroyRef, Service, inject, signal } from '@angular/core';

import { localStore } from '../storage';
import { ShortcutBindings } from './shortcut-bindings';
import { type ShortcutName, isPressed } from './shortcut-keys';

/** What a shortcut does; false if it had nothing to do, so that the key keeps its usual meaning. */
export type ShortcutAction = () => boolean | void;

const KEY = 'shortcuts';

/** Listens for the shortcuts while nothing modal is open. They can be switched off. */
@Service()
export class Shortcuts {
  private readonly document = inject(DOCUMENT);
  private readonly bindings = inject(ShortcutBindings);
  private readonly actions = new Map<ShortcutName, ShortcutAction>();

  readonly isEnabled = signal(localStore.read(KEY) !== 'off');

  constructor() {
    const listener = (event: KeyboardEvent) => this.handle(event);
    this.document.addEventListener('keydown', listener);
    inject(DestroyRef).onDestroy(() => this.document.removeEventListener('keydown', listener));
  }

  /** Binds actions until the caller is destroyed. To be called while it is being made. */
  bind(actions: Partial<Record<ShortcutName, ShortcutAction>>): void {
    const entries = Object.entries(actions) as [ShortcutName, ShortcutAction][];
    for (const [name, action] of entries) this.actions.set(name, action);
    inject(DestroyRef).onDestroy(() => {
      for (const [name, action] of entries) {
        if (this.actions.get(name) === action) this.actions.delete(name);
      }
    });
  }

  enable(isEnabled: boolean): void {
    this.isEnabled.set(isEnabled);
    localStore.write(KEY, isEnabled ? null : 'off');
  }

  private handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = this.bindings.keys();
    const name = [...this.actions.keys()].find((candidate) => {
      const combination = keys[candidate];
      return combination !== null && isPressed(combination, event);
    });
    if (name === undefined || this.isModalOpen()) return;
    // Escape is no shortcut one could press by accident while dictating: it always works.
    if (!this.isEnabled() && name !== 'stop') return;
    if (this.actions.get(name)?.() !== false) event.preventDefault();
  }

  private isModalOpen(): boolean {
    return this.document.querySelector('[aria-modal="true"]') !== null;
  }
}
