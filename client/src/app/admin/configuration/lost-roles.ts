import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../../console/console-text';
import { type Role } from '../../core/auth/roles';

/** Warns of the rights that whoever saves would take from themselves. */
@Component({
  selector: 'app-lost-roles',
  template: `
    @if (names(); as roles) {
      <p role="alert">{{ text().lostRoles(roles) }}</p>
    }
  `,
  styles: `
    p {
      margin: 0;
      padding: 12px 16px;
      border-radius: 12px;
      background: var(--app-warning-container);
      color: var(--app-on-warning-container);
    }
  `,
})
export class LostRoles {
  readonly roles = input.required<readonly string[]>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().configuration);
  protected readonly names = computed(() => {
    const { roles } = this.messages.text().nav.forbidden;
    return this.roles()
      .map((role) => roles[role as Role])
      .join(', ');
  });
}
