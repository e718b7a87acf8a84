import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { type ClientDetail, type ClientPerson } from '../core/api/schema';
import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { Badge } from '../ui/badge';
import { Dialogs } from '../ui/dialogs';
import { errorText } from '../ui/error-text';
import { type FormDialogData } from '../ui/form/form-dialog';
import { Toast } from '../ui/toast';

/** Who looks after a client; its owner says who that is. */
@Component({
  selector: 'app-client-managers',
  imports: [Badge, MatButton],
  template: `
    <p class="quiet">{{ text().managersText }}</p>
    <ul>
      @for (person of client().managers; track person.id) {
        <li class="card">
          <span>
            <strong>{{ person.name }}</strong>
            <br /><span class="quiet">{{ person.email }}</span>
          </span>
          @if (person.id === client().owner?.id) {
            <app-badge tone="accent">{{ text().isOwner }}</app-badge>
          } @else if (isOwner() || person.id === me()) {
            <button
              matButton
              class="danger"
              type="button"
              [attr.aria-label]="
                person.id === me() ? text().leave : text().removeManager(person.email)
              "
              (click)="remove(person)"
            >
              {{ person.id === me() ? text().leave : text().remove }}
            </button>
          }
        </li>
      }
    </ul>
    @if (isOwner()) {
      <div class="actions">
        <button matButton="tonal" type="button" (click)="add()">{{ text().addManager }}</button>
        <button matButton type="button" (click)="transfer()">{{ text().makeOwner }}</button>
      </div>
    }
  `,
  styleUrl: '../ui/part.scss',
})
export class ClientManagers {
  readonly client = input.required<ClientDetail>();
  readonly changed = output<void>();

  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly session = inject(Session);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly me = computed(() => this.session.me()?.id);
  protected readonly isOwner = computed(() => this.client().role !== 'manager');
  private readonly address = computed(() => `/api/clients/${this.client().id}`);

  protected async add(): Promise<void> {
    const { addManager, addManagerText, addedDone } = this.text();
    const email = await this.ask(addManager, addManagerText, 'managers');
    if (email !== undefined) void this.toast.show(addedDone(email));
  }

  protected async transfer(): Promise<void> {
    const { makeOwner, makeOwnerText, transferred } = this.text();
    const email = await this.ask(makeOwner, makeOwnerText, 'transfer');
    if (email !== undefined) void this.toast.show(transferred(email));
  }

  protected async remove(person: ClientPerson): Promise<void> {
    const isMe = person.id === this.me() && this.client().role === 'manager';
    if (isMe && !(await this.confirmLeaving())) return;
    try {
      await this.api.delete(`${this.address()}/managers/${person.id}`);
      if (isMe) return void this.router.navigate(['/clients']);
      this.changed.emit();
      if (await this.toast.show(this.text().removedDone(person.email), this.text().undo)) {
        await this.api.post(`${this.address()}/managers`, { email: person.email });
        this.changed.emit();
      }
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
  }

  private async confirmLeaving(): Promise<boolean> {
    const { leaveTitle, leaveText, leave } = this.text();
    const data = { title: leaveTitle(this.client().name), text: leaveText, action: leave };
    const answer = await this.dialogs.open<boolean>(
      () => import('../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      { data, width: '440px', role: 'alertdialog' },
    );
    return answer === true;
  }

  /** Asks for somebody's address and posts it; answers it once that is done. */
  private async ask(title: string, text: string, path: string): Promise<string | undefined> {
    const data: FormDialogData<string> = {
      title,
      text,
      action: title,
      fields: [{ name: 'email', label: this.text().email, kind: 'email' }],
      submit: async ({ email = '' }) => {
        await this.api.post(`${this.address()}/${path}`, { email });
        return email;
      },
    };
    const email = await this.dialogs.open<string>(
      () => import('../ui/form/form-dialog').then((file) => file.FormDialog),
      { data, width: '480px', autoFocus: 'input' },
    );
    if (email !== undefined) this.changed.emit();
    return email;
  }
}
