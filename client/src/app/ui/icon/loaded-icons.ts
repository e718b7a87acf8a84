import { signal } from '@angular/core';

import { type CONSOLE_ICON_PATHS } from '../../console/console-icon-paths';

export type LoadedIconName = keyof typeof CONSOLE_ICON_PATHS;

const paths = signal<Readonly<Record<string, string>>>({});

/** The icons that are not in the first load: whoever shows them has added them before. */
export const LOADED_ICONS = { paths: paths.asReadonly() };

/** Makes more icons known. */
export function addIcons(more: Readonly<Record<string, string>>): void {
  paths.update((known) => ({ ...known, ...more }));
}
