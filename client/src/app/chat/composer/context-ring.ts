import { Component, computed, inject, input } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';

import { I18n } from '../../core/i18n/i18n';

/** How full the model's memory is. */
@Component({
  selector: 'app-context-ring',
  imports: [MatTooltip],
  template: `
    <span role="img" [attr.aria-label]="label()" [matTooltip]="label()">
      <svg viewBox="0 0 36 36" aria-hidden="true" [class.is-full]="percent() >= 90">
        <circle cx="18" cy="18" r="15.915" pathLength="100" />
        <circle
          class="used"
          cx="18"
          cy="18"
          r="15.915"
          pathLength="100"
          [attr.stroke-dasharray]="shown() + ' 100'"
        />
      </svg>
    </span>
  `,
  styles: `
    :host {
      display: flex;
      flex: none;
    }
    span {
      display: grid;
    }
    svg {
      inline-size: 20px;
      block-size: 20px;
      transform: rotate(-90deg);
    }
    circle {
      fill: none;
      stroke: var(--mat-sys-outline-variant);
      stroke-width: 5;
    }
    .used {
      stroke: var(--mat-sys-primary);
    }
    .is-full .used {
      stroke: light-dark(#b3541e, #ffb68a);
    }
    @media (forced-colors: active) {
      .used {
        stroke: Highlight;
      }
    }
  `,
})
export class ContextRing {
  readonly percent = input.required<number>();

  private readonly i18n = inject(I18n);

  protected readonly shown = computed(() => Math.min(100, this.percent()));
  protected readonly label = computed(() => this.i18n.text().composer.context(this.percent()));
}
