import { type Group } from '../../core/api/schema';
import { type FieldChange, changesBetween } from '../../ui/conflict/field-changes';
import {
  type DraftPools,
  type DraftProblem,
  draftPoolsOf,
  policiesOf,
  problemsOfPools,
  shownPools,
} from './pool-draft';

export interface DraftRule {
  field: string;
  operator: 'contains' | 'equals';
  value: string;
}

export type Access = 'allowed' | 'needs_ack' | 'blocked';

/** A group while it is edited, in the words of the form. */
export interface GroupDraft extends DraftPools {
  description: string;
  isActive: boolean;
  rules: DraftRule[];
  access: { default: Access | ''; models: { model: string; access: Access }[] };
}

export function draftOf(group: Group): GroupDraft {
  const { modelAccess } = group;
  const listed = (access: Access, models: readonly string[] = []) =>
    models.map((model) => ({ model, access }));
  return {
    description: group.description,
    isActive: group.isActive,
    rules: group.rules.map(({ field, contains, equals }) =>
      equals == null
        ? { field, operator: 'contains', value: contains ?? '' }
        : { field, operator: 'equals', value: equals },
    ),
    ...draftPoolsOf(group),
    access: {
      default: modelAccess.default ?? '',
      models: [
        ...listed('allowed', modelAccess.allowed),
        ...listed('needs_ack', modelAccess.needsAck),
        ...listed('blocked', modelAccess.blocked),
      ],
    },
  };
}

/** What the server is asked to keep. */
export function bodyOf(draft: GroupDraft) {
  const named = (access: Access) =>
    draft.access.models.filter((each) => each.access === access).map(({ model }) => model.trim());
  return {
    description: draft.description.trim(),
    isActive: draft.isActive,
    rules: rulesOf(draft),
    modelAccess: {
      default: draft.access.default === '' ? null : draft.access.default,
      allowed: named('allowed'),
      needsAck: named('needs_ack'),
      blocked: named('blocked'),
    },
    ...policiesOf(draft),
  };
}

export function rulesOf({ rules }: Pick<GroupDraft, 'rules'>) {
  return rules.map(({ field, operator, value }) => ({
    field: field.trim(),
    contains: operator === 'contains' ? value : null,
    equals: operator === 'equals' ? value : null,
  }));
}

export function problemsOf(draft: GroupDraft): Record<string, DraftProblem> {
  const found: Record<string, DraftProblem> = {};
  draft.rules.forEach((rule, index) => {
    if (rule.field.trim() === '') found[`rule-${index}-field`] = 'required';
    if (rule.value === '') found[`rule-${index}-value`] = 'required';
  });
  Object.assign(found, problemsOfPools(draft));
  draft.access.models.forEach(({ model }, index) => {
    const first = draft.access.models.findIndex((each) => each.model.trim() === model.trim());
    if (model.trim() === '') found[`model-${index}`] = 'required';
    else if (first < index) found[`model-${index}`] = 'twice';
  });
  return found;
}

/** What differs between two states of a group, field by field, as the audit log will have it. */
export function differences(before: GroupDraft, after: GroupDraft): FieldChange[] {
  return changesBetween(shown(before), shown(after));
}

/** What a group is, field by field, in a few words each. */
export function shown(draft: GroupDraft): Map<string, string> {
  const found = new Map<string, string>();
  found.set('description', draft.description.trim() || '–');
  found.set('isActive', String(draft.isActive));
  draft.rules.forEach(({ field, operator, value }, index) =>
    found.set(`rules[${index}]`, `${field} ${operator} "${value}"`),
  );
  for (const [name, said] of shownPools(draft)) found.set(name, said);
  if (draft.access.default !== '') found.set('modelAccess.default', draft.access.default);
  for (const { model, access } of draft.access.models) found.set(`modelAccess ${model}`, access);
  return found;
}
