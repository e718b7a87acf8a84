import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { type ConfigurationField } from '../../core/api/schema';
import { Badge } from '../../ui/badge';
import { Icon } from '../../ui/icon/icon';
import { ConfigurationDraft } from './configuration-draft';
import { type Path, formatPath, isMapping } from './draft-values';
import { docOf, isLong, labelOf, matches, placeholderOf, readTyped, typedOf } from './field-text';

let fields = 0;

/**
 * One key of the configuration, made from the schema: a control for a value, a group for a section,
 * a list of entries or items that can be added, renamed, moved and removed.
 */
@Component({
  selector: 'app-config-field',
  imports: [Badge, Icon, MatButton, MatIconButton],
  templateUrl: './config-field.html',
  styleUrl: './config-field.scss',
})
export class ConfigField {
  readonly field = input.required<ConfigurationField>();
  readonly path = input.required<Path>();
  /** A section whose heading stands somewhere else. */
  readonly isBare = input(false);
  /** Entries that stand among the keys of a section; those are not entries. */
  readonly siblings = input<readonly ConfigurationField[]>([]);

  protected readonly draft = inject(ConfigurationDraft);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().configuration);
  protected readonly id = `config-field-${++fields}`;
  protected readonly isLong = computed(() => isLong(this.field()));
  protected readonly placeholder = computed(() => placeholderOf(this.field()));
  protected readonly newName = signal('');
  protected readonly nameProblem = signal('');
  protected readonly renaming = signal<string | null>(null);
  protected readonly isTyping = signal(false);

  protected readonly shape = computed(() => {
    const { kind, item, secret } = this.field();
    if (kind === 'section') return 'section';
    if (kind === 'mapping') return 'entries';
    return kind === 'list' && (item?.kind === 'section' || secret) ? 'items' : 'value';
  });
  protected readonly label = computed(() => {
    const last = this.path().at(-1);
    if (this.field().name !== '') return labelOf(this.field().name);
    return typeof last === 'number' ? this.text().item(last + 1) : String(last ?? '');
  });
  protected readonly place = computed(() => formatPath(this.path()));
  protected readonly value = computed(() => this.draft.valueAt(this.path()));
  protected readonly problems = computed(() => this.draft.problemsAt(this.path()));
  protected readonly effective = computed(() => this.draft.effectiveAt(this.path()));
  protected readonly variable = computed(() => this.effective()?.variable ?? null);
  protected readonly isLocked = computed(() => this.draft.isReadOnly() || this.variable() !== null);
  protected readonly isChanged = computed(
    () => JSON.stringify(this.value()) !== JSON.stringify(this.draft.savedAt(this.path())),
  );
  protected readonly isOn = computed(() => {
    const inForce = this.variable() === null ? undefined : this.effective()?.value;
    return (inForce ?? this.value() ?? this.field().default) === true;
  });
  protected readonly typed = computed(() => {
    const inForce = this.variable() === null ? undefined : this.effective()?.value;
    return typedOf(inForce ?? this.value());
  });
  protected readonly isKept = computed(() => /^<secret:/.test(typedOf(this.value())));
  protected readonly hadSecret = computed(() =>
    /^<secret:/.test(typedOf(this.draft.savedAt(this.path()))),
  );
  protected readonly children = computed(() =>
    this.field().fields.filter((each) => this.isFound() || matches(each, this.draft.query())),
  );
  protected readonly entries = computed(() => {
    const known = new Set(this.siblings().map(({ name }) => name));
    const value = this.value();
    return isMapping(value) ? Object.keys(value).filter((name) => !known.has(name)) : [];
  });
  protected readonly items = computed(() => {
    const value = this.value();
    return Array.isArray(value) ? (value as unknown[]) : [];
  });
  /** The section itself was searched for, so all of it is shown. */
  private readonly isFound = computed(() => {
    const own = { ...this.field(), fields: [], item: undefined, rest: undefined };
    return matches(own as ConfigurationField, this.draft.query());
  });

  protected take(typed: string): void {
    this.draft.set(this.path(), readTyped(this.field(), typed));
  }

  protected choose(isOn: boolean): void {
    this.draft.set(this.path(), isOn);
  }

  protected reset(): void {
    this.isTyping.set(false);
    this.draft.set(this.path(), undefined);
  }

  protected keep(): void {
    this.isTyping.set(false);
    this.draft.set(this.path(), this.draft.savedAt(this.path()));
  }

  protected nameOf(item: unknown, index: number): string {
    const { identity, item: inner } = this.field();
    const names = [identity, inner?.fields[0]?.name ?? ''].map((key) =>
      isMapping(item) ? item[key] : undefined,
    );
    const name = names.find((each) => typeof each === 'string' && each !== '');
    return typeof name === 'string' ? name : this.text().item(index + 1);
  }

  protected addEntry(event: Event): void {
    event.preventDefault();
    const name = this.newName().trim();
    if (!this.isFree(name)) return;
    const isSection = this.field().item?.kind === 'section';
    this.draft.set([...this.path(), name], isSection ? {} : ' ');
    this.newName.set('');
  }

  protected renameEntry(event: Event, old: string): void {
    event.preventDefault();
    const name = this.newName().trim();
    if (name !== old && !this.isFree(name)) return;
    if (name !== old) this.draft.rename([...this.path(), old], name);
    this.stopRenaming();
  }

  protected startRenaming(name: string): void {
    this.renaming.set(name);
    this.newName.set(name);
    this.nameProblem.set('');
  }

  protected stopRenaming(): void {
    this.renaming.set(null);
    this.newName.set('');
    this.nameProblem.set('');
  }

  protected removeEntry(name: string): void {
    this.draft.set([...this.path(), name], undefined);
  }

  protected addItem(): void {
    const isSection = this.field().item?.kind === 'section';
    this.draft.set(this.path(), [...this.items(), isSection ? {} : '']);
  }

  protected removeItem(index: number): void {
    const left = this.items().filter((_, each) => each !== index);
    this.draft.set(this.path(), left.length === 0 ? undefined : left);
  }

  protected readonly doc = computed(() => docOf(this.field()));

  protected move(index: number, by: number): void {
    const items = [...this.items()];
    // The buttons at the ends keep the focus, so they can be pressed.
    if (index + by < 0 || index + by >= items.length) return;
    const [moved] = items.splice(index, 1);
    items.splice(index + by, 0, moved);
    this.draft.set(this.path(), items);
  }

  private isFree(name: string): boolean {
    const { nameMissing, nameTaken } = this.text();
    const isTaken = isMapping(this.value()) && this.entries().includes(name);
    const isKey = this.siblings().some((each) => each.name === name);
    this.nameProblem.set(name === '' ? nameMissing : isTaken || isKey ? nameTaken(name) : '');
    return this.nameProblem() === '';
  }
}
