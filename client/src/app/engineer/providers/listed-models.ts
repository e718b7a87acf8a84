import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { type BackendModelList } from '../../core/api/schema';
import { Badge } from '../../ui/badge';

/** The models that a backend says it has, and which of them are entered. */
@Component({
  selector: 'app-listed-models',
  imports: [Badge, MatButton],
  template: `
    @let models = list().models;
    @if (models === null) {
      <p class="problem">{{ text().notListed }}: {{ list().error }}</p>
    } @else {
      <p>{{ text().listed(models.length) }}</p>
      @if (mayEnter() && others().length > 0) {
        <button matButton type="button" (click)="entering.emit(others())">
          {{ text().enterAll(others().length) }}
        </button>
      }
      <ul tabindex="0" [attr.aria-label]="text().listed(models.length)">
        @for (name of models; track name) {
          <li>
            <code>{{ name }}</code>
            @if (isEntered(name)) {
              <app-badge>{{ text().isEntered }}</app-badge>
            } @else if (mayEnter()) {
              <button
                matButton
                type="button"
                [attr.aria-label]="text().enter(name)"
                (click)="entering.emit([name])"
              >
                {{ text().add }}
              </button>
            }
          </li>
        }
      </ul>
    }
  `,
  styleUrl: '../result-panel.scss',
  styles: `
    p {
      margin: 0;
      overflow-wrap: anywhere;
    }
    .problem {
      color: var(--mat-sys-error);
    }
    ul {
      max-block-size: 240px;
      margin: 8px 0 0;
      padding: 0;
      overflow: auto;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      min-block-size: 40px;
    }
    code {
      overflow-wrap: anywhere;
      font: 0.8125rem/1.25rem var(--app-mono);
    }
  `,
})
export class ListedModels {
  readonly list = input.required<BackendModelList>();
  /** As the provider has them. */
  readonly entered = input.required<readonly string[]>();
  readonly mayEnter = input.required<boolean>();
  readonly entering = output<readonly string[]>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue.test);
  protected readonly others = computed(() =>
    (this.list().models ?? []).filter((name) => !this.isEntered(name)),
  );

  protected isEntered(name: string): boolean {
    return this.entered().includes(name);
  }
}
