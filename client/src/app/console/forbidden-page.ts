import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { type Role } from '../core/auth/roles';
import { Notice } from '../ui/notice';
import { TopBar } from '../ui/top-bar';
import { ConsoleText } from './console-text';

/** At the address of a page that is for other roles: which role it needs, and the way back. */
@Component({
  imports: [MatButton, Notice, RouterLink, TopBar],
  template: `
    <app-top-bar [heading]="text().forbidden.title" />
    <app-notice icon="lock" [heading]="text().forbidden.title" [text]="needed()">
      <a matButton="filled" routerLink="/chat">{{ text().backToChat }}</a>
    </app-notice>
  `,
})
export class ForbiddenPage {
  /** From the route. */
  readonly roles = input<readonly Role[]>([]);

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().nav);
  protected readonly needed = computed(() => {
    const { text, or, roles } = this.text().forbidden;
    return text(
      this.roles()
        .map((role) => roles[role])
        .join(or),
    );
  });
}
