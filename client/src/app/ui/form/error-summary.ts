import { Component, ElementRef, computed, effect, inject, input, viewChild } from '@angular/core';

import { ConsoleText } from '../../console/console-text';

/** A field that needs another look, by the `name` of its field. */
export interface Problem {
  name: string;
  label: string;
  message: string;
}

/** What is wrong with a form, in one place that takes the focus; each line leads to its field. */
@Component({
  selector: 'app-error-summary',
  template: `
    @if (problems().length > 0 || failure()) {
      <div #box class="box" role="alert" tabindex="-1">
        @if (failure(); as sentence) {
          <p>{{ sentence }}</p>
        }
        @if (problems().length > 0) {
          <p>{{ words().checkFields }}</p>
          <ul>
            @for (problem of problems(); track problem.name) {
              <li>
                <button type="button" (click)="show(problem)">
                  {{ problem.label }}: {{ problem.message }}
                </button>
              </li>
            }
          </ul>
        }
      </div>
    }
  `,
  styles: `
    .box {
      padding: 12px 16px;
      border-radius: 12px;
      background: var(--mat-sys-error-container);
      color: var(--mat-sys-on-error-container);
      font: var(--mat-sys-body-medium);
    }
    p {
      margin: 0;
    }
    ul {
      margin: 4px 0 0;
      padding-inline-start: 20px;
    }
    button {
      min-block-size: 24px;
      padding: 2px 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: start;
      text-decoration: underline;
      cursor: pointer;
    }
  `,
})
export class ErrorSummary {
  readonly problems = input<readonly Problem[]>([]);
  /** What is wrong with all of it, such as a refusal that names no field. */
  readonly failure = input<string | null>(null);

  private readonly box = viewChild<ElementRef<HTMLElement>>('box');
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);

  constructor() {
    effect(() => {
      this.problems();
      this.failure();
      this.box()?.nativeElement.focus();
    });
  }

  protected show({ name }: Problem): void {
    this.host.nativeElement.ownerDocument.getElementById(`control-${name}`)?.focus();
  }
}
