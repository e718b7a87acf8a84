import { type MatrixCase, type Word } from './matrix.js';

/** What one scope says in a row of the table: a word, nothing (–), or anything (*). */
type Cell = Word | '–' | '*';

export interface RuleRow {
  own: Cell;
  /** The strongest of the groups' lists that name the model. */
  groups: Cell;
  model: Cell;
  /** The strongest of the groups' defaults. */
  groupDefaults: Cell;
  ownDefault: Cell;
  global: Cell;
  /** Who may use it, before `disabled` and `needs_ack` of the model. */
  result: Word;
  rule: string;
}

/** The order of the rules as DESIGN has it, first match wins; written by hand, not worked out. */
const TABLE = `
  own        groups     model      gdefaults  odefault   global     result     rule
  blocked    *          *          *          *          *          blocked    own_list
  allowed    *          *          *          *          *          allowed    own_list
  needs_ack  *          *          *          *          *          needs_ack  own_list
  –          blocked    *          *          *          *          blocked    group_list
  –          allowed    *          *          *          *          allowed    group_list
  –          needs_ack  *          *          *          *          needs_ack  group_list
  –          –          blocked    *          *          *          blocked    model_access
  –          –          allowed    *          *          *          allowed    model_access
  –          –          needs_ack  *          *          *          needs_ack  model_access
  –          –          –          allowed    *          *          allowed    group_default
  –          –          –          needs_ack  *          *          needs_ack  group_default
  –          –          –          blocked    *          *          blocked    group_default
  –          –          –          –          blocked    *          blocked    own_default
  –          –          –          –          allowed    *          allowed    own_default
  –          –          –          –          needs_ack  *          needs_ack  own_default
  –          –          –          –          –          blocked    blocked    global_default
  –          –          –          –          –          allowed    allowed    global_default
  –          –          –          –          –          needs_ack  needs_ack  global_default
`;

export const RULES: readonly RuleRow[] = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [own, groups, model, groupDefaults, ownDefault, global, result, rule] = line
      .trim()
      .split(/\s+/) as [Cell, Cell, Cell, Cell, Cell, Cell, Word, string];
    return { own, groups, model, groupDefaults, ownDefault, global, result, rule };
  });

/** Of several groups: whose list is heard, and whose default. */
const LISTS_HEARD: Record<string, Word> = {
  allowed: 'allowed',
  needs_ack: 'needs_ack',
  blocked: 'blocked',
  'allowed+needs_ack': 'allowed',
  'allowed+blocked': 'blocked',
  'needs_ack+blocked': 'blocked',
  'allowed+needs_ack+blocked': 'blocked',
};
const DEFAULTS_HEARD: Record<string, Word> = {
  allowed: 'allowed',
  needs_ack: 'needs_ack',
  blocked: 'blocked',
  'allowed+needs_ack': 'allowed',
  'allowed+blocked': 'allowed',
  'needs_ack+blocked': 'needs_ack',
  'allowed+needs_ack+blocked': 'allowed',
};

/** The one row of the table that a case falls under. */
export function ruleOf({ model, owner, globalDefault }: MatrixCase): RuleRow {
  const said: Omit<RuleRow, 'result' | 'rule'> = {
    own: model.own ?? '–',
    groups: LISTS_HEARD[model.groups.join('+')] ?? '–',
    model: model.access ?? '–',
    groupDefaults: DEFAULTS_HEARD[owner.groupDefaults.join('+')] ?? '–',
    ownDefault: owner.default ?? '–',
    global: globalDefault,
  };
  const columns = Object.keys(said) as (keyof typeof said)[];
  const matching = RULES.filter((row) =>
    columns.every((column) => row[column] === '*' || row[column] === said[column]),
  );
  if (matching.length !== 1) throw new Error(`${matching.length} rows say something about a case.`);
  return matching[0]!;
}

/** What a case has to be decided as. */
export function expectedOf(found: MatrixCase): { access: Word; rule: string } {
  if (found.model.isDisabled) return { access: 'blocked', rule: 'model_disabled' };
  const { result, rule } = ruleOf(found);
  const isAsked = result === 'allowed' && found.model.needsAck;
  return { access: isAsked ? 'needs_ack' : result, rule };
}
