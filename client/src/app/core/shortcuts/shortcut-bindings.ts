import { Service, computed, signal } from '@angular/core';

import { localStore } from '../storage';
import {
  FIXED,
  SHORTCUTS,
  type KeyCombination,
  type ShortcutName,
  isSameCombination,
} from './shortcut-keys';
import { type ShortcutFault, faultOf } from './shortcut-rules';

type Changes = Partial<Record<ShortcutName, KeyCombination | null>>;

/** Why keys were not taken: they are no good, or another shortcut has them. */
export type Refusal = { fault: ShortcutFault } | { takenBy: ShortcutName };

const KEY = 'shortcut-keys';
export const SHORTCUT_NAMES = Object.keys(SHORTCUTS) as ShortcutName[];

/** Which keys each shortcut has: the design's, or what the person chose instead. Kept in this browser. */
@Service()
export class ShortcutBindings {
  private readonly changes = signal<Changes>(parseChanges(localStore.read(KEY)));

  /** The keys in force; null where the person wants none. */
  readonly keys = computed<Record<ShortcutName, KeyCombination | null>>(() => ({
    ...SHORTCUTS,
    ...this.changes(),
  }));
  readonly hasChanges = computed(() => Object.keys(this.changes()).length > 0);

  isChanged(name: ShortcutName): boolean {
    return this.changes()[name] !== undefined;
  }

  /** Gives a shortcut other keys, or none with null. Says why not, if they cannot be. */
  rebind(name: ShortcutName, combination: KeyCombination | null): Refusal | null {
    if (combination !== null) {
      const refusal = this.refusalOf(name, combination);
      if (refusal !== null) return refusal;
    }
    const { [name]: _, ...others } = this.changes();
    const isDefault = combination !== null && isSameCombination(combination, SHORTCUTS[name]);
    this.store(isDefault ? others : { ...others, [name]: combination });
    return null;
  }

  /** Gives every shortcut the design's keys again. */
  reset(): void {
    this.store({});
  }

  private refusalOf(name: ShortcutName, combination: KeyCombination): Refusal | null {
    const keys = this.keys();
    const takenBy = SHORTCUT_NAMES.find((other) => {
      const taken = keys[other];
      return other !== name && taken !== null && isSameCombination(taken, combination);
    });
    if (takenBy !== undefined) return { takenBy };
    const fault = faultOf(combination);
    return fault === null ? null : { fault };
  }

  private store(changes: Changes): void {
    this.changes.set(changes);
    const isEmpty = Object.keys(changes).length === 0;
    localStore.write(KEY, isEmpty ? null : JSON.stringify(changes));
  }
}

/** What was stored, as far as it makes sense: another version or a person may have written it. */
function parseChanges(stored: string | null): Changes {
  if (stored === null) return {};
  try {
    const parsed: unknown = JSON.parse(stored);
    if (typeof parsed !== 'object' || parsed === null) return {};
    const entries = Object.entries(parsed).filter(isChange);
    return Object.fromEntries(entries) as Changes;
  } catch {
    return {};
  }
}

function isChange([name, value]: [string, unknown]): boolean {
  if (!Object.hasOwn(SHORTCUTS, name) || FIXED.includes(name as ShortcutName)) return false;
  return value === null || isCombination(value);
}

function isCombination(value: unknown): value is KeyCombination {
  if (typeof value !== 'object' || value === null) return false;
  const { key, ctrl, alt, shift } = value as Record<string, unknown>;
  const areFlags = [ctrl, alt, shift].every((flag) => flag === undefined || flag === !!flag);
  return typeof key === 'string' && areFlags && faultOf(value as KeyCombination) === null;
}
