import { type LumenOptions } from '../lumen/lumen-server.js';

export type Word = 'allowed' | 'needs_ack' | 'blocked';
export type OwnerKind = 'user' | 'client';
export const WORDS: readonly Word[] = ['allowed', 'needs_ack', 'blocked'];

export interface MatrixModel {
  name: string;
  /** The list of the owner that names it. */
  own: Word | null;
  /** The lists of the owner's groups that name it. */
  groups: readonly Word[];
  access: Word | null;
  isDisabled: boolean;
  needsAck: boolean;
}

export interface MatrixOwner {
  kind: OwnerKind;
  /** The e-mail address or the name of the client. */
  name: string;
  default: Word | null;
  groupDefaults: readonly Word[];
}

export interface MatrixCase {
  model: MatrixModel;
  owner: MatrixOwner;
  globalDefault: Word;
}

const MAYBE: readonly (Word | null)[] = [null, ...WORDS];
const SUBSETS: readonly (readonly Word[])[] = Array.from({ length: 8 }, (_, bits) =>
  WORDS.filter((_word, index) => bits & (1 << index)),
);
const FLAGS = [false, true];

/**
 * Every way in which the scopes that have a say about a model can be set: 512 models, each with its
 * own place in lists, `access`, `disabled` and `needs_ack`, and 64 owners, each with its own default
 * and groups with defaults; half of the owners are people, half are clients.
 */
export const MODELS: readonly MatrixModel[] = MAYBE.flatMap((own) =>
  SUBSETS.flatMap((groups) =>
    MAYBE.flatMap((access) =>
      FLAGS.flatMap((isDisabled) =>
        FLAGS.map((needsAck) => ({
          name: ['m', own, groups.join('+') || null, access, isDisabled && 'off', needsAck && 'ack']
            .map((part) => part || '-')
            .join('/'),
          own,
          groups,
          access,
          isDisabled,
          needsAck,
        })),
      ),
    ),
  ),
);

export const OWNERS: readonly MatrixOwner[] = (['user', 'client'] as const).flatMap((kind) =>
  MAYBE.flatMap((word) =>
    SUBSETS.map((groupDefaults) => {
      const name = `${word ?? 'none'}.${groupDefaults.join('.') || 'none'}`;
      const suffix = kind === 'user' ? '@example.edu' : '';
      return { kind, name: `${name}${suffix}`, default: word, groupDefaults };
    }),
  ),
);

/** Both spellings that config.yaml may have, of words, lists and flags. */
export type Spelling = 'new' | 'old';
const SPELT: Record<Spelling, Record<Word, string>> = {
  new: { allowed: 'allowed', needs_ack: 'needs_ack', blocked: 'blocked' },
  old: { allowed: 'whitelist', needs_ack: 'graylist', blocked: 'blacklist' },
};

export interface MatrixOptions {
  spelling: Spelling;
  /** Null: the file does not say, and has no `version`. */
  globalDefault: Word | null;
  /** `api.consent`. */
  consent?: boolean;
  upstreamUrl?: string;
}

/** The configuration of the matrix, as options of LumenServer and TestApplication. */
export function matrixConfiguration(
  options: MatrixOptions,
): Required<Pick<LumenOptions, 'models' | 'groups' | 'extra'>> {
  const {
    spelling,
    globalDefault,
    consent = true,
    upstreamUrl = 'http://127.0.0.1:9/v1',
  } = options;
  const word = (value: Word | null) => value && SPELT[spelling][value];
  const models = MODELS.map(({ name, access, isDisabled, needsAck }) => ({
    name,
    input_cost_per_million: 0,
    output_cost_per_million: 0,
    endpoints: [{ url: upstreamUrl, api_key: 'upstream-secret' }],
    access: word(access),
    needs_ack: needsAck,
    ...(spelling === 'new' ? { disabled: isDisabled } : { active: !isDisabled }),
  }));
  const lists = (named: (model: MatrixModel, list: Word) => boolean) =>
    Object.fromEntries(
      WORDS.map((list) => [
        SPELT[spelling][list],
        MODELS.filter((model) => named(model, list)).map(({ name }) => name),
      ]),
    );
  // For each word a group whose one list names models, and one that has a default alone.
  const groups = WORDS.flatMap((list) => [
    [`lists-${list}`, lists((model, of) => of === list && model.groups.includes(of))],
    [`defaults-${list}`, { default: word(list) }],
  ]).map(([name, access]) => `  ${name as string}: { model_access: ${JSON.stringify(access)} }`);
  const sections = {
    users: entries('user', word, lists),
    clients: entries('client', word, lists),
    // Everybody has a budget: this is about access alone.
    defaults: {
      tokens: { max: -2 },
      ...(globalDefault ? { models: { access: word(globalDefault) } } : {}),
    },
    api: { consent },
  };
  const extra = Object.entries(sections)
    .map(([section, value]) => `${section}: ${JSON.stringify(value)}`)
    .join('\n');
  return { models: JSON.stringify(models), groups: groups.join('\n'), extra };
}

function entries(
  kind: OwnerKind,
  word: (value: Word | null) => string | null,
  lists: (named: (model: MatrixModel, list: Word) => boolean) => Record<string, string[]>,
) {
  const own = lists((model, list) => model.own === list);
  return Object.fromEntries(
    OWNERS.filter((owner) => owner.kind === kind).map((owner) => [
      owner.name,
      {
        groups: [
          ...WORDS.map((list) => `lists-${list}`),
          ...owner.groupDefaults.map((given) => `defaults-${given}`),
        ],
        model_access: { default: word(owner.default), ...own },
      },
    ]),
  );
}
