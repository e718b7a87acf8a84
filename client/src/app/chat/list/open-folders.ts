import { Service, signal } from '@angular/core';

import { localStore } from '../../core/storage';

const KEY = 'open-folders';
/** Older ones are forgotten: folders get deleted, and nobody has so many open. */
const MOST = 50;

/** Which folders are unfolded; this browser remembers. */
@Service()
export class OpenFolders {
  private readonly ids = signal<readonly string[]>(
    (localStore.read(KEY) ?? '').split(' ').filter((id) => id !== ''),
  );

  has(id: string): boolean {
    return this.ids().includes(id);
  }

  set(id: string, isOpen: boolean): void {
    const others = this.ids().filter((one) => one !== id);
    this.ids.set((isOpen ? [...others, id] : others).slice(-MOST));
    localStore.write(KEY, this.ids().join(' ') || null);
  }
}
