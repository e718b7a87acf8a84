import { Component, computed, input } from '@angular/core';

import { ICON_PATHS, ICON_UNITS } from './icon-paths';
import { LOADED_ICONS, type LoadedIconName } from './loaded-icons';

export type IconName = keyof typeof ICON_PATHS | LoadedIconName;

const PATHS: Readonly<Record<string, string>> = ICON_PATHS;

/** A Material Symbol. It decorates: what it means is said by text or a label beside it. */
@Component({
  selector: 'app-icon',
  template: `<svg [attr.viewBox]="box" focusable="false"><path [attr.d]="path()" /></svg>`,
  styles: `
    :host {
      display: inline-block;
      inline-size: var(--icon-size, 20px);
      block-size: var(--icon-size, 20px);
      flex: none;
    }
    svg {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      fill: currentcolor;
    }
  `,
  host: { 'aria-hidden': 'true' },
})
export class Icon {
  readonly name = input.required<IconName>();

  protected readonly box = `0 -${ICON_UNITS} ${ICON_UNITS} ${ICON_UNITS}`;
  protected readonly path = computed(() => PATHS[this.name()] ?? LOADED_ICONS.paths()[this.name()]);
}
