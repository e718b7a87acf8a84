import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ConsoleText } from '../../../console/console-text';
import { asApiError } from '../../../core/api/api-error';
import { type UserDetails } from '../../../core/api/schema';
import { hasRole } from '../../../core/auth/roles';
import { Session } from '../../../core/auth/session';
import { I18n } from '../../../core/i18n/i18n';
import { Badge } from '../../../ui/badge';
import { Dialogs } from '../../../ui/dialogs';
import { errorText } from '../../../ui/error-text';
import { Toast } from '../../../ui/toast';
import { PeopleApi } from '../people-api';

const GRANTABLE = ['admin', 'engineer', 'superadmin', 'auditor'] as const;

/** Who somebody is, which groups and roles they have and why, and whether they may come in. */
@Component({
  selector: 'app-user-overview',
  imports: [Badge, MatButton, RouterLink],
  templateUrl: './user-overview.html',
  styleUrl: '../../../ui/part.scss',
})
export class UserOverview {
  readonly user = input.required<UserDetails>();
  readonly mayChange = input.required<boolean>();
  readonly changed = output<void>();

  protected readonly i18n = inject(I18n);
  private readonly people = inject(PeopleApi);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly session = inject(Session);
  private readonly messages = inject(ConsoleText);

  protected readonly grantable = GRANTABLE;
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly roleNames = computed(() => this.messages.text().nav.forbidden.roles);
  protected readonly mayGrant = computed(() => hasRole(this.session.me(), ['superadmin']));
  protected readonly isSending = signal(false);
  protected readonly failure = signal<string | null>(null);
  protected readonly granted = linkedSignal<ReadonlySet<string>>(
    () => new Set(this.user().grantedRoles),
  );
  private readonly isRolesChanged = computed(
    () => [...this.granted()].toSorted().join() !== this.user().grantedRoles.toSorted().join(),
  );
  protected readonly claims = computed(() => {
    const { claims } = this.user();
    return claims === null ? null : JSON.stringify(claims, null, 2);
  });

  protected sourcesOf(role: UserDetails['roles'][number]): string {
    return role.sources.map((source) => this.text().roleSources[source]).join(', ');
  }

  protected toggle(role: string, event: Event): void {
    const roles = new Set(this.granted());
    if ((event.target as HTMLInputElement).checked) roles.add(role);
    else roles.delete(role);
    this.granted.set(roles);
  }

  protected async setActive(isActive: boolean): Promise<void> {
    const { id, email } = this.user();
    if (!(await this.send(() => this.people.setActive(id, isActive)))) return;
    const { activatedDone, deactivatedDone } = this.text();
    const said = isActive ? activatedDone(email) : deactivatedDone(email);
    if (await this.toast.show(said, this.text().undo)) {
      await this.send(() => this.people.setActive(id, !isActive));
    }
  }

  protected async saveRoles(): Promise<void> {
    const { id } = this.user();
    if (this.isSending() || !(await this.mayTake())) return;
    // The button is never locked for want of changes: it would take the focus with it.
    if (!this.isRolesChanged()) return void this.toast.show(this.words().saved);
    if (await this.send(() => this.people.setRoles(id, [...this.granted()]))) {
      void this.toast.show(this.words().saved);
    }
  }

  /** Asks before people take rights from themselves: they could not give them back. */
  private async mayTake(): Promise<boolean> {
    const { id, grantedRoles } = this.user();
    const lost = grantedRoles.filter((role) => !this.granted().has(role));
    if (lost.length === 0 || id !== this.session.me()?.id) return true;
    const { ownRolesTitle, ownRolesText, saveRoles } = this.text();
    const names = lost.map((role) => this.roleNames()[role]).join(', ');
    const isWanted = await this.dialogs.open<boolean>(
      () => import('../../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      {
        data: { title: ownRolesTitle, text: ownRolesText(names), action: saveRoles },
        width: '440px',
        role: 'alertdialog',
      },
    );
    return isWanted === true;
  }

  private async send(request: () => Promise<unknown>): Promise<boolean> {
    if (this.isSending()) return false;
    this.failure.set(null);
    this.isSending.set(true);
    try {
      await request();
      this.changed.emit();
      return true;
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
      return false;
    } finally {
      this.isSending.set(false);
    }
  }
}
