import { Component, computed, inject, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';

import { ConsoleText } from '../../console/console-text';
import { ApiError, asApiError } from '../../core/api/api-error';
import { type ListedUser } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { Field, FieldControl } from '../../ui/form/field';
import { Icon } from '../../ui/icon/icon';
import { type BulkAction } from './bulk-actions';
import { type Outcome, type Work, inTurns } from './bulk-work';
import { isAmount } from './amounts';
import { PeopleApi } from './people-api';

/** Does one thing to many people, says how it goes with each, and takes it back if that is wanted. */
@Component({
  imports: [
    Field,
    FieldControl,
    Icon,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
  ],
  templateUrl: './bulk-dialog.html',
  styleUrl: './bulk-dialog.scss',
})
export class BulkDialog {
  protected readonly data = inject<{ action: BulkAction; users: readonly ListedUser[] }>(
    MAT_DIALOG_DATA,
  );
  private readonly people = inject(PeopleApi);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private stop = new AbortController();

  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().people.bulk);
  protected readonly groups = resource({ loader: () => this.people.groupNames() });
  protected readonly needsGroup = this.data.action === 'group';
  protected readonly needsAmount = this.data.action === 'gift';
  protected readonly needsReason = this.data.action === 'gift' || this.data.action === 'reset';

  protected readonly values = signal({ group: '', amount: '', reason: '' });
  protected readonly errors = signal<{ group?: string; amount?: string; reason?: string }>({});
  protected readonly outcomes = signal<readonly Outcome[] | null>(null);
  protected readonly isRunning = signal(false);
  protected readonly finished = computed(() => this.count('done', 'failed', 'undone'));
  protected readonly failed = computed(() => this.count('failed'));
  protected readonly undoable = computed(() =>
    (this.outcomes() ?? []).filter(({ state, undo }) => state === 'done' && undo),
  );

  protected set(name: 'group' | 'amount' | 'reason', event: Event): void {
    const { value } = event.target as HTMLInputElement;
    this.values.update((values) => ({ ...values, [name]: value }));
  }

  protected async start(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.check()) return;
    this.outcomes.set(
      this.data.users.map((user) => ({ user, state: 'waiting', note: this.text().waiting })),
    );
    const work = this.work();
    await this.run(this.data.users, async (user) => {
      const { note, undo } = await work(user);
      return { state: 'done', note, undo };
    });
  }

  protected async undo(): Promise<void> {
    const undos = new Map(this.undoable().map(({ user, undo }) => [user.id, undo!]));
    const users = this.undoable().map(({ user }) => user);
    await this.run(users, async ({ id }) => {
      await undos.get(id)?.();
      return { state: 'undone', note: this.text().undone, undo: undefined };
    });
  }

  protected halt(): void {
    this.stop.abort();
  }

  private async run(
    users: readonly ListedUser[],
    work: (user: ListedUser) => Promise<Pick<Outcome, 'state' | 'note' | 'undo'>>,
  ): Promise<void> {
    this.stop = new AbortController();
    this.isRunning.set(true);
    await inTurns(
      users,
      async (user) => {
        this.note(user, { state: 'running', note: this.text().running });
        try {
          this.note(user, await work(user));
        } catch (cause) {
          const note = errorText(asApiError(cause), this.i18n.text().errors);
          this.note(user, { state: 'failed', note });
        }
      },
      this.stop.signal,
    );
    this.isRunning.set(false);
  }

  private note({ id }: ListedUser, said: Partial<Outcome>): void {
    this.outcomes.update((all) =>
      (all ?? []).map((one) => (one.user.id === id ? { ...one, ...said } : one)),
    );
  }

  private count(...states: Outcome['state'][]): number {
    return (this.outcomes() ?? []).filter(({ state }) => states.includes(state)).length;
  }

  private check(): boolean {
    const { group, amount, reason } = this.values();
    const { required } = this.words();
    this.errors.set({
      ...(this.needsGroup && group === '' ? { group: required } : {}),
      ...(this.needsAmount && !isAmount(amount.trim()) ? { amount: this.text().badAmount } : {}),
      ...(this.needsReason && reason.trim() === '' ? { reason: required } : {}),
    });
    return Object.keys(this.errors()).length === 0;
  }

  private work(): Work {
    const { people } = this;
    const text = this.text();
    const { group } = this.values();
    switch (this.data.action) {
      case 'group':
        return async (user) => {
          if (user.groups.includes(group)) return { note: text.alreadyInGroup };
          await people.addToGroup(group, user.id);
          return { note: text.added, undo: () => people.removeFromGroup(group, user.id) };
        };
      case 'gift':
        return (user) => this.gift(user);
      case 'reset':
        return async ({ id }) => {
          const { explanation } = await people.reset(await this.poolOf(id), this.reason());
          return { note: explanation };
        };
      default:
        return (user) => this.switch(user, this.data.action === 'activate');
    }
  }

  private async gift({ id }: ListedUser): ReturnType<Work> {
    const poolId = await this.poolOf(id);
    const amount = this.values().amount.trim();
    const { explanation } = await this.people.gift(poolId, amount, this.reason());
    const back = `${this.text().undone}: ${this.reason()}`.slice(0, 500);
    return { note: explanation, undo: () => this.people.adjust(poolId, `-${amount}`, back) };
  }

  private async switch(user: ListedUser, isActive: boolean): ReturnType<Work> {
    const text = this.text();
    if (user.isActive === isActive) return { note: text.alreadySo };
    await this.people.setActive(user.id, isActive);
    const note = isActive ? text.activated : text.deactivated;
    return { note, undo: () => this.people.setActive(user.id, !isActive) };
  }

  private reason(): string {
    return this.values().reason.trim();
  }

  /** The pool of coins for all models. */
  private async poolOf(id: string): Promise<string> {
    const budgets = await this.people.budgetsOf(id);
    const coins = budgets.find(({ unit, model }) => unit === 'coins' && model === null);
    if (coins?.poolId == null) throw new ApiError(0, 'no_pool', this.text().noPool);
    return coins.poolId;
  }
}
