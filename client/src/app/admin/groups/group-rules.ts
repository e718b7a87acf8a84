import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { Field, FieldControl } from '../../ui/form/field';
import { Icon } from '../../ui/icon/icon';
import { type DraftRule } from './group-draft';

const KNOWN_CLAIMS = ['affiliation', 'member_of', 'idp', 'ou', 'email'];

/** Who matches every rule is a member. */
@Component({
  selector: 'app-group-rules',
  imports: [Field, FieldControl, Icon, MatButton, MatIconButton],
  template: `
    <p>{{ isEveryone() ? text().everyoneText : text().rulesText }}</p>
    <datalist id="known-claims">
      @for (claim of claims; track claim) {
        <option [value]="claim"></option>
      }
    </datalist>
    <ul>
      @for (rule of rules(); track $index) {
        <li class="row">
          <app-field
            [label]="text().claim"
            [name]="'rule-' + $index + '-field'"
            [error]="errors()['rule-' + $index + '-field']"
          >
            <input
              appControl
              list="known-claims"
              autocomplete="off"
              [readonly]="isReadOnly()"
              [value]="rule.field"
              (input)="set($index, { field: valueOf($event) })"
            />
          </app-field>
          <app-field [label]="text().operator">
            <select
              appControl
              [disabled]="isReadOnly()"
              (change)="set($index, { operator: operatorOf($event) })"
            >
              <option value="contains" [selected]="rule.operator === 'contains'">
                {{ text().operators.contains }}
              </option>
              <option value="equals" [selected]="rule.operator === 'equals'">
                {{ text().operators.equals }}
              </option>
            </select>
          </app-field>
          <app-field
            [label]="text().value"
            [name]="'rule-' + $index + '-value'"
            [error]="errors()['rule-' + $index + '-value']"
          >
            <input
              appControl
              autocomplete="off"
              [readonly]="isReadOnly()"
              [value]="rule.value"
              (input)="set($index, { value: valueOf($event) })"
            />
          </app-field>
          @if (!isReadOnly()) {
            <button
              matIconButton
              type="button"
              [attr.aria-label]="text().removeRule($index + 1)"
              (click)="remove($index)"
            >
              <app-icon name="delete" />
            </button>
          }
        </li>
      }
    </ul>
    @if (!isReadOnly() && !isEveryone()) {
      <div class="add">
        <button matButton="tonal" type="button" (click)="add()">
          <app-icon name="add" matButtonIcon />{{ text().addRule }}
        </button>
      </div>
    }
  `,
  styleUrl: './group-part.scss',
})
export class GroupRules {
  readonly rules = input.required<readonly DraftRule[]>();
  readonly isEveryone = input.required<boolean>();
  readonly isReadOnly = input.required<boolean>();
  readonly errors = input.required<Readonly<Record<string, string>>>();
  readonly changed = output<DraftRule[]>();

  private readonly messages = inject(ConsoleText);
  protected readonly claims = KNOWN_CLAIMS;
  protected readonly text = computed(() => this.messages.text().people.groupTexts);

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  protected operatorOf(event: Event): DraftRule['operator'] {
    return this.valueOf(event) === 'equals' ? 'equals' : 'contains';
  }

  protected set(index: number, said: Partial<DraftRule>): void {
    this.changed.emit(this.rules().map((rule, i) => (i === index ? { ...rule, ...said } : rule)));
  }

  protected add(): void {
    this.changed.emit([...this.rules(), { field: '', operator: 'contains', value: '' }]);
  }

  protected remove(index: number): void {
    this.changed.emit(this.rules().filter((_, i) => i !== index));
  }
}
