import { Service, inject } from '@angular/core';
import { Router } from '@angular/router';

/** Marks a navigation after which the focus is in the message field, not on the heading. */
export const TO_COMPOSER = 'to-composer';

/** The address of the open conversation. */
@Service()
export class ConversationAddress {
  private readonly router = inject(Router);

  /** The new chat has become a conversation: "back" leads to what was before it. */
  becomes(id: string): void {
    if (!/^\/chat(?:[?#]|$)/.test(this.router.url)) return;
    void this.router.navigateByUrl(`/chat/${id}`, { replaceUrl: true, info: TO_COMPOSER });
  }

  open(id: string): Promise<boolean> {
    return this.router.navigateByUrl(`/chat/${id}`);
  }

  openNew(): Promise<boolean> {
    return this.router.navigateByUrl('/chat', { info: TO_COMPOSER });
  }
}
