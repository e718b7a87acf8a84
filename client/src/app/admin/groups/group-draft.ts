import { type Group } from '../../core/api/schema';
import { type FieldChange } from '../audit/changes';

/** A budget as people see it: a number, no end, or nothing at all. */
export interface DraftPool {
  /** Empty: coins; else the model, or `default` for every model without a pool of its own. */
  model: string;
  kind: 'limited' | 'unlimited' | 'none';
  max: string;
  refresh: string;
  /** Empty: as much as max. */
  starting: string;
}

export interface DraftRule {
  field: string;
  operator: 'contains' | 'equals';
  value: string;
}

export type Access = 'allowed' | 'needs_ack' | 'blocked';

/** A group while it is edited, in the words of the form. */
export interface GroupDraft {
  description: string;
  isActive: boolean;
  rules: DraftRule[];
  coins: DraftPool | null;
  tokens: DraftPool[];
  access: { default: Access | ''; models: { model: string; access: Access }[] };
}

/** What the server keeps for a budget without end, and for none. */
const UNLIMITED = -2;
const NONE = 0;

type Policy = NonNullable<Group['coins']>;

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
    coins: group.coins && poolOf('', group.coins),
    tokens: Object.entries(group.tokens).map(([model, policy]) => poolOf(model, policy)),
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
    coins: draft.coins && policyOf(draft.coins),
    tokens: Object.fromEntries(draft.tokens.map((pool) => [pool.model.trim(), policyOf(pool)])),
  };
}

export function rulesOf({ rules }: Pick<GroupDraft, 'rules'>) {
  return rules.map(({ field, operator, value }) => ({
    field: field.trim(),
    contains: operator === 'contains' ? value : null,
    equals: operator === 'equals' ? value : null,
  }));
}

/** What is wrong with what was typed, by the name of its field. */
export type DraftProblem = 'required' | 'number' | 'whole' | 'twice';

export function problemsOf(draft: GroupDraft): Record<string, DraftProblem> {
  const found: Record<string, DraftProblem> = {};
  draft.rules.forEach((rule, index) => {
    if (rule.field.trim() === '') found[`rule-${index}-field`] = 'required';
    if (rule.value === '') found[`rule-${index}-value`] = 'required';
  });
  if (draft.coins) checkPool(draft.coins, 'coins', found);
  draft.tokens.forEach((pool, index) => {
    checkPool(pool, `tokens-${index}`, found);
    const isTwice = draft.tokens.findIndex(({ model }) => model.trim() === pool.model.trim());
    if (pool.model.trim() === '') found[`tokens-${index}-model`] = 'required';
    else if (isTwice < index) found[`tokens-${index}-model`] = 'twice';
  });
  draft.access.models.forEach(({ model }, index) => {
    const first = draft.access.models.findIndex((each) => each.model.trim() === model.trim());
    if (model.trim() === '') found[`model-${index}`] = 'required';
    else if (first < index) found[`model-${index}`] = 'twice';
  });
  return found;
}

/** What differs between two states of a group, field by field, as the audit log will have it. */
export function differences(before: GroupDraft, after: GroupDraft): FieldChange[] {
  const [was, is] = [shown(before), shown(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((field) => ({ field, before: was.get(field) ?? '–', after: is.get(field) ?? '–' }))
    .filter((change) => change.before !== change.after);
}

function shown(draft: GroupDraft): Map<string, string> {
  const found = new Map<string, string>();
  found.set('description', draft.description.trim() || '–');
  found.set('isActive', String(draft.isActive));
  draft.rules.forEach(({ field, operator, value }, index) =>
    found.set(`rules[${index}]`, `${field} ${operator} "${value}"`),
  );
  for (const [name, pool] of [
    ['coins', draft.coins] as const,
    ...draft.tokens.map((each) => [`tokens.${each.model}`, each] as const),
  ]) {
    if (!pool) continue;
    const { max, refresh, starting } = policyOf(pool);
    if (pool.kind !== 'limited') found.set(name, pool.kind);
    else found.set(name, `max ${max}, refresh ${refresh}/h, starting ${starting ?? max}`);
  }
  if (draft.access.default !== '') found.set('modelAccess.default', draft.access.default);
  for (const { model, access } of draft.access.models) found.set(`modelAccess ${model}`, access);
  return found;
}

function poolOf(model: string, { max, refresh, starting }: Policy): DraftPool {
  const kind = max === UNLIMITED ? 'unlimited' : max === NONE ? 'none' : 'limited';
  const amount = (value: number | undefined) =>
    kind === 'limited' && value !== undefined ? plain(value) : '';
  return {
    model,
    kind,
    max: amount(max),
    refresh: amount(refresh),
    starting: starting === max ? '' : amount(starting),
  };
}

function policyOf({ kind, max, refresh, starting }: DraftPool): {
  max: number;
  refresh?: number;
  starting?: number;
} {
  if (kind === 'unlimited') return { max: UNLIMITED };
  if (kind === 'none') return { max: NONE };
  return {
    max: Number(max),
    refresh: refresh === '' ? 0 : Number(refresh),
    ...(starting === '' ? {} : { starting: Number(starting) }),
  };
}

function checkPool(pool: DraftPool, name: string, found: Record<string, DraftProblem>): void {
  if (pool.kind !== 'limited') return;
  const isNumber = name === 'coins' ? /^\d+(\.\d+)?$/ : /^\d+$/;
  const wrong = name === 'coins' ? 'number' : 'whole';
  if (pool.max === '') found[`${name}-max`] = 'required';
  else if (!isNumber.test(pool.max) || Number(pool.max) === 0) found[`${name}-max`] = wrong;
  for (const part of ['refresh', 'starting'] as const) {
    if (pool[part] !== '' && !isNumber.test(pool[part])) found[`${name}-${part}`] = wrong;
  }
}

/** Without an exponent, however small. */
function plain(value: number): string {
  return value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 9 });
}
