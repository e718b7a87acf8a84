import { Component, ElementRef, afterNextRender, input, output, viewChild } from '@angular/core';

/**
 * A name that is being changed where it stands: Enter or leaving the field keeps what was typed,
 * Escape what was there. An empty name changes nothing.
 */
@Component({
  selector: 'app-inline-name',
  template: `
    <input
      #field
      type="text"
      dir="auto"
      autocomplete="off"
      [attr.maxlength]="longest()"
      [attr.aria-label]="label()"
      [placeholder]="placeholder()"
      [value]="name()"
      (blur)="finish(field.value, false)"
      (keydown)="onKey($event, field.value)"
    />
  `,
  styles: `
    :host {
      display: block;
    }
    input {
      inline-size: 100%;
      block-size: 36px;
      padding: 0 10px;
      box-sizing: border-box;
      border: 1px solid var(--mat-sys-primary);
      border-radius: var(--inline-name-radius, 12px);
      outline: 1px solid var(--mat-sys-primary);
      outline-offset: 0;
      background: var(--mat-sys-surface-container-lowest);
      color: var(--mat-sys-on-surface);
      font: var(--inline-name-font, var(--mat-sys-body-medium));
    }
    @media (pointer: coarse) {
      input {
        block-size: 44px;
        font-size: 1rem; /* smaller, and a phone zooms into the page */
      }
    }
  `,
})
export class InlineName {
  readonly name = input('');
  readonly label = input.required<string>();
  readonly placeholder = input('');
  readonly longest = input(200);
  /** The new name; null if nothing is to change. By the keyboard, the focus wants a new place. */
  readonly done = output<{ name: string | null; byKeyboard: boolean }>();

  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  private isDone = false;

  constructor() {
    afterNextRender(() => {
      this.field().nativeElement.focus();
      this.field().nativeElement.select();
    });
  }

  protected onKey(event: KeyboardEvent, typed: string): void {
    // The page's shortcuts and the list's arrow keys do not concern what is typed here.
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Enter') this.finish(typed, true);
    else if (event.key === 'Escape') this.finish('', true);
    else return;
    event.preventDefault();
  }

  /** Taking the field away blurs it, which must not count as a second answer. */
  protected finish(typed: string, byKeyboard: boolean): void {
    if (this.isDone) return;
    this.isDone = true;
    const name = typed.trim();
    this.done.emit({ name: name === '' || name === this.name() ? null : name, byKeyboard });
  }
}
