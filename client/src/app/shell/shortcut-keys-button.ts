import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, ElementRef, computed, inject, input, signal, viewChild } from '@angular/core';

import { I18n } from '../core/i18n/i18n';
import { type Refusal, ShortcutBindings } from '../core/shortcuts/shortcut-bindings';
import {
  type KeyCombination,
  type ShortcutName,
  keyCaps,
  pressedCombination,
} from '../core/shortcuts/shortcut-keys';

const IS_MAC = /mac|iphone|ipad/i.test(navigator.platform);

/** The keys of one shortcut. Pressing the button, then other keys, changes them. */
@Component({
  selector: 'app-shortcut-keys-button',
  template: `
    <button
      #button
      type="button"
      [attr.aria-describedby]="isListening() ? hintId() : null"
      [class.is-listening]="isListening()"
      (click)="listen()"
      (keydown)="press($event)"
      (blur)="isListening.set(false)"
    >
      @if (isListening()) {
        {{ text().press }}
      } @else {
        <span class="sr-only">{{ text().change(what()) }}: </span>
        @for (cap of caps(); track cap) {
          <kbd>{{ cap }}</kbd>
        } @empty {
          {{ text().none }}
        }
      }
    </button>
    @if (isListening()) {
      <p [id]="hintId()">{{ fault() ?? text().pressHint }}</p>
    }
  `,
  styleUrl: './shortcut-keys-button.scss',
})
export class ShortcutKeysButton {
  readonly name = input.required<ShortcutName>();

  protected readonly isListening = signal(false);
  protected readonly fault = signal<string | null>(null);

  private readonly bindings = inject(ShortcutBindings);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly i18n = inject(I18n);
  private readonly button = viewChild.required<ElementRef<HTMLButtonElement>>('button');

  protected readonly text = computed(() => this.i18n.text().shortcuts);
  protected readonly what = computed(() => this.text().names[this.name()]);
  protected readonly hintId = computed(() => `keys-hint-${this.name()}`);
  protected readonly caps = computed(() => this.capsOf(this.bindings.keys()[this.name()]));

  protected listen(): void {
    this.fault.set(null);
    this.isListening.set(true);
    // Safari does not focus a button that is clicked, and without focus no key arrives.
    this.button().nativeElement.focus();
  }

  protected press(event: KeyboardEvent): void {
    if (!this.isListening() || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const combination = pressedCombination(event);
    if (combination === null) return;
    const isPlain = !combination.ctrl && !combination.alt && !event.shiftKey;
    if (isPlain && combination.key === 'escape') this.isListening.set(false);
    else if (isPlain && combination.key === 'backspace') this.rebind(null);
    else this.rebind(combination);
  }

  private rebind(combination: KeyCombination | null): void {
    const refusal = this.bindings.rebind(this.name(), combination);
    const keys = this.capsOf(combination).join(' + ') || this.text().none;
    if (refusal === null) this.isListening.set(false);
    else this.fault.set(this.reason(refusal, keys));
    const news = this.fault() ?? this.text().changed(this.what(), keys);
    void this.announcer.announce(news, refusal === null ? 'polite' : 'assertive');
  }

  private reason(refusal: Refusal, keys: string): string {
    const { takenBy, faults, names } = this.text();
    return 'fault' in refusal ? faults[refusal.fault](keys) : takenBy(keys, names[refusal.takenBy]);
  }

  private capsOf(combination: KeyCombination | null): string[] {
    return combination === null ? [] : keyCaps(combination, this.text().keyNames, IS_MAC);
  }
}
