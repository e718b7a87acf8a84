import {
  Component,
  ElementRef,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { UsageWords } from './usage-words';
import { customDays } from './usage-query';

/** The first and the last day of a period. */
@Component({
  selector: 'app-custom-days',
  imports: [MatButton],
  template: `
    <form novalidate (submit)="apply($event)">
      <label>
        {{ text().from }}
        <input
          #first
          type="date"
          min="2000-01-01"
          [attr.aria-invalid]="isRefused()"
          [attr.aria-describedby]="isRefused() ? 'custom-days-error' : null"
          [value]="days().from"
          (input)="set({ from: $any($event.target).value })"
        />
      </label>
      <label>
        {{ text().to }}
        <input
          type="date"
          min="2000-01-01"
          [attr.aria-invalid]="isRefused()"
          [attr.aria-describedby]="isRefused() ? 'custom-days-error' : null"
          [value]="days().to"
          (input)="set({ to: $any($event.target).value })"
        />
      </label>
      <button matButton="tonal" type="submit">{{ text().apply }}</button>
      @if (isRefused()) {
        <p id="custom-days-error" role="alert">{{ text().dates }}</p>
      }
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 8px 12px;
    }
    label {
      display: grid;
      gap: 4px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
    input {
      min-block-size: 38px;
      padding-inline: 10px;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 8px;
      background: var(--mat-sys-surface);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
    }
    [aria-invalid='true'] {
      border-color: var(--mat-sys-error);
    }
    p {
      flex-basis: 100%;
      margin: 0;
      color: var(--mat-sys-error);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class CustomDays {
  /** As `2026-11-21`. */
  readonly from = input.required<string>();
  readonly to = input.required<string>();
  readonly chosen = output<{ from: string; to: string }>();

  private readonly first = viewChild.required<ElementRef<HTMLInputElement>>('first');
  private readonly words = inject(UsageWords);
  protected readonly text = computed(() => this.words.text().filters);
  protected readonly days = linkedSignal(() => ({ from: this.from(), to: this.to() }));
  protected readonly isRefused = signal(false);

  protected set(changed: { from?: string; to?: string }): void {
    this.days.update((days) => ({ ...days, ...changed }));
    this.isRefused.set(false);
  }

  protected apply(event: Event): void {
    event.preventDefault();
    const { from, to } = this.days();
    this.isRefused.set(customDays(from, to) === null);
    if (this.isRefused()) this.first().nativeElement.focus();
    else this.chosen.emit({ from, to });
  }
}
