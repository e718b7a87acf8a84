import {
  ChangeDetectionStrategy,
  Component,
  Directive,
  ViewEncapsulation,
  computed,
  inject,
  input,
} from '@angular/core';

let fields = 0;

/**
 * A label, a native control marked `appControl`, and below it what is wrong or what to know:
 * `<app-field [label]="…" [error]="…"><input appControl /></app-field>`.
 */
@Component({
  selector: 'app-field',
  template: `
    <label [attr.for]="id()" [class.sr-only]="isLabelHidden()">{{ label() }}</label>
    <ng-content />
    @if (error(); as problem) {
      <p class="error" [id]="id() + '-error'">{{ problem }}</p>
    } @else if (hint() !== '') {
      <p class="hint" [id]="id() + '-hint'">{{ hint() }}</p>
    }
  `,
  styleUrl: './field.scss',
  encapsulation: ViewEncapsulation.None,
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { class: 'app-field' },
})
export class Field {
  readonly label = input.required<string>();
  readonly hint = input('');
  /** What is wrong and how to mend it; null or empty where nothing is. */
  readonly error = input<string | null | undefined>(null);
  readonly isLabelHidden = input(false);
  /** Of the control, for a summary that leads there. */
  readonly name = input(`field-${++fields}`);

  readonly id = computed(() => `control-${this.name()}`);
  readonly describedBy = computed(() => {
    if (this.error()) return `${this.id()}-error`;
    return this.hint() === '' ? null : `${this.id()}-hint`;
  });
}

/** The control of a field: named by its label, described by its hint or its problem. */
@Directive({
  selector: '[appControl]',
  host: {
    class: 'app-control',
    '[id]': 'field.id()',
    '[attr.aria-describedby]': 'field.describedBy()',
    '[attr.aria-invalid]': 'field.error() ? true : null',
  },
})
export class FieldControl {
  protected readonly field = inject(Field);
}
