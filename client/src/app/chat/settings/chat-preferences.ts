import { Service, signal } from '@angular/core';

import { localStore } from '../../core/storage';

const ENTER_KEY = 'enter';
const COMPLETE_KEY = 'answers';

/** How this person likes to write and read, in this browser. */
@Service()
export class ChatPreferences {
  private readonly enter = signal(localStore.read(ENTER_KEY) === 'newline');
  private readonly complete = signal(localStore.read(COMPLETE_KEY) === 'complete');

  /** Enter makes a new line; then only Ctrl or ⌘ with Enter sends. */
  readonly isEnterNewline = this.enter.asReadonly();
  /** Answers are shown when they are complete, not word by word. */
  readonly isShownWhenComplete = this.complete.asReadonly();

  setEnterNewline(is: boolean): void {
    this.enter.set(is);
    localStore.write(ENTER_KEY, is ? 'newline' : null);
  }

  setShownWhenComplete(is: boolean): void {
    this.complete.set(is);
    localStore.write(COMPLETE_KEY, is ? 'complete' : null);
  }
}
