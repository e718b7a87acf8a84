import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { Field, FieldControl } from '../../ui/form/field';
import { Icon } from '../../ui/icon/icon';
import { type Access, type GroupDraft } from './group-draft';

const CHOICES: readonly Access[] = ['allowed', 'needs_ack', 'blocked'];

/** Which models members may use: some by name, and the rest. */
@Component({
  selector: 'app-group-access',
  imports: [Field, FieldControl, Icon, MatButton, MatIconButton],
  template: `
    <p>{{ text().accessText }}</p>
    <div class="row is-pair">
      <app-field [label]="text().otherModels">
        <select appControl [disabled]="isReadOnly()" (change)="setDefault($event)">
          <option value="">{{ text().notSaid }}</option>
          @for (choice of choices; track choice) {
            <option [value]="choice" [selected]="choice === access().default">
              {{ words()[choice] }}
            </option>
          }
        </select>
      </app-field>
    </div>
    <ul>
      @for (entry of access().models; track $index) {
        <li class="row is-pair">
          <app-field
            [label]="text().model"
            [name]="'model-' + $index"
            [error]="errors()['model-' + $index]"
          >
            <input
              appControl
              autocomplete="off"
              [readonly]="isReadOnly()"
              [value]="entry.model"
              (input)="set($index, { model: valueOf($event) })"
            />
          </app-field>
          <app-field [label]="text().accessOf">
            <select
              appControl
              [disabled]="isReadOnly()"
              (change)="set($index, { access: accessOf($event) })"
            >
              @for (choice of choices; track choice) {
                <option [value]="choice" [selected]="choice === entry.access">
                  {{ words()[choice] }}
                </option>
              }
            </select>
          </app-field>
          @if (!isReadOnly()) {
            <button
              matIconButton
              type="button"
              [attr.aria-label]="text().removeModel(entry.model)"
              (click)="remove($index)"
            >
              <app-icon name="delete" />
            </button>
          }
        </li>
      }
    </ul>
    @if (!isReadOnly()) {
      <div class="add">
        <button matButton="tonal" type="button" (click)="add()">
          <app-icon name="add" matButtonIcon />{{ text().addModel }}
        </button>
      </div>
    }
  `,
  styleUrl: './group-part.scss',
})
export class GroupAccess {
  readonly access = input.required<GroupDraft['access']>();
  readonly isReadOnly = input.required<boolean>();
  readonly errors = input.required<Readonly<Record<string, string>>>();
  readonly changed = output<GroupDraft['access']>();

  private readonly messages = inject(ConsoleText);
  protected readonly choices = CHOICES;
  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly words = computed(() => this.messages.text().people.access);

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected accessOf(event: Event): Access {
    return CHOICES.find((choice) => choice === this.valueOf(event)) ?? 'allowed';
  }

  protected setDefault(event: Event): void {
    const wanted = CHOICES.find((choice) => choice === this.valueOf(event)) ?? '';
    this.changed.emit({ ...this.access(), default: wanted });
  }

  protected set(index: number, said: Partial<{ model: string; access: Access }>): void {
    const { models } = this.access();
    this.emit(models.map((entry, i) => (i === index ? { ...entry, ...said } : entry)));
  }

  protected add(): void {
    this.emit([...this.access().models, { model: '', access: 'allowed' }]);
  }

  protected remove(index: number): void {
    this.emit(this.access().models.filter((_, i) => i !== index));
  }

  private emit(models: GroupDraft['access']['models']): void {
    this.changed.emit({ ...this.access(), models });
  }
}
