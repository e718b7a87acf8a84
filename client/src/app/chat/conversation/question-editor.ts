import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  Component,
  ElementRef,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { I18n } from '../../core/i18n/i18n';
import { type Question } from './exchange';
import { ScrollFollow } from './scroll-follow';

/** A question being worded anew, where it stands. */
@Component({
  selector: 'app-question-editor',
  imports: [CdkTextareaAutosize, MatButton],
  template: `
    <textarea
      #field
      dir="auto"
      cdkTextareaAutosize
      [cdkAutosizeMinRows]="2"
      [cdkAutosizeMaxRows]="14"
      [attr.aria-label]="text().editLabel"
      [attr.aria-describedby]="hintId"
      [value]="question().content"
      (input)="typed.set(field.value)"
      (keydown)="onKey($event)"
    ></textarea>
    <div class="row">
      <p [id]="hintId">{{ isTemporary() ? text().editTemporaryHint : text().editHint }}</p>
      <button matButton type="button" (click)="cancelled.emit()">{{ text().editCancel }}</button>
      <button matButton="filled" type="button" [disabled]="!canSend()" (click)="send()">
        {{ text().editSend }}
      </button>
    </div>
  `,
  styles: `
    :host {
      display: block;
      inline-size: 100%;
      margin-block-end: 16px;
      padding: 12px 12px 8px;
      box-sizing: border-box;
      border: 1px solid var(--mat-sys-outline);
      border-radius: 20px;
      background: var(--mat-sys-surface-container-lowest);
    }
    :host:focus-within {
      border-color: var(--mat-sys-primary);
    }
    textarea {
      display: block;
      inline-size: 100%;
      padding: 0 4px;
      box-sizing: border-box;
      border: 0;
      outline: none;
      background: none;
      color: var(--mat-sys-on-surface);
      font: 400 1rem/1.625rem var(--app-font);
      resize: none;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: 8px;
      margin-block-start: 8px;
    }
    p {
      flex: 1 1 16rem;
      margin: 0;
      padding-inline: 4px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class QuestionEditor {
  readonly question = input.required<Question>();
  readonly isTemporary = input(false);
  readonly asked = output<string>();
  readonly cancelled = output<void>();

  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly i18n = inject(I18n);
  private readonly scroll = inject(ScrollFollow, { optional: true });

  protected readonly hintId = `edit-hint-${++editors}`;
  protected readonly text = computed(() => this.i18n.text().chat);
  protected readonly typed = signal<string | null>(null);
  protected readonly canSend = computed(() => {
    const { content, attachments } = this.question();
    return (this.typed() ?? content).trim() !== '' || attachments.length > 0;
  });

  constructor() {
    afterNextRender(() => {
      const field = this.field().nativeElement;
      // What is being edited must not leave the window because something grew below it.
      this.scroll?.stay();
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
      field.scrollIntoView({ block: 'nearest' });
    });
  }

  protected send(): void {
    if (this.canSend()) this.asked.emit(this.typed() ?? this.question().content);
  }

  protected onKey(event: KeyboardEvent): void {
    // The page's Escape would stop an answer, its arrows leave the field.
    if (event.key === 'Escape' || event.key.startsWith('Arrow')) event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') this.cancelled.emit();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.send();
    else return;
    event.preventDefault();
  }
}

let editors = 0;
