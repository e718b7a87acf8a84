import { describe, expect, it } from '@jest/globals';
import { type ModelAccess } from '../config/index.js';
import { type AccessScope, type AccessScopes, type AccessSubject, decide } from './decide.js';
import { explain } from './explain.js';

type Lists = Partial<AccessScope['modelAccess']>;

const MODEL: AccessSubject = { id: 'm', isDisabled: false, access: null, needsAck: false };

function scope(name: string, lists: Lists): AccessScope {
  return { name, modelAccess: { default: null, allowed: [], needsAck: [], blocked: [], ...lists } };
}

/** An owner with these lists, in groups with those. */
function scopes(
  own: Lists | null,
  groups: Lists[] = [],
  globalDefault: ModelAccess = 'blocked',
): AccessScopes {
  return {
    own: own && scope('user ada@example.edu', own),
    groups: groups.map((lists, index) => scope(`group g${index + 1}`, lists)),
    globalDefault,
  };
}

const [allowed, needsAck, blocked] = [{ allowed: ['m'] }, { needsAck: ['m'] }, { blocked: ['m'] }];

describe('decide', () => {
  it.each<[string, Partial<AccessSubject>, AccessScopes]>([
    [
      'blocked: the model m is disabled',
      { isDisabled: true, access: 'allowed', needsAck: true },
      scopes(allowed, [allowed], 'allowed'),
    ],
    [
      'allowed: listed under model_access.allowed of user ada@example.edu',
      { access: 'blocked' },
      scopes({ ...allowed, default: 'blocked' }, [blocked, { default: 'blocked' }]),
    ],
    [
      'blocked: listed under model_access.blocked of user ada@example.edu',
      { access: 'allowed' },
      scopes({ ...allowed, ...needsAck, ...blocked }, [allowed], 'allowed'),
    ],
    [
      'allowed: listed under model_access.allowed of user ada@example.edu',
      {},
      scopes({ ...allowed, ...needsAck }),
    ],
    [
      'needs_ack: listed under model_access.needs_ack of user ada@example.edu',
      { access: 'allowed' },
      scopes(needsAck, [blocked, allowed]),
    ],
    [
      'blocked: listed under model_access.blocked of group g3',
      { access: 'allowed' },
      scopes({ default: 'allowed' }, [needsAck, allowed, blocked], 'allowed'),
    ],
    [
      'allowed: listed under model_access.allowed of group g2',
      { access: 'blocked' },
      scopes(null, [needsAck, allowed]),
    ],
    [
      'needs_ack: listed under model_access.needs_ack of group g2',
      { access: 'allowed' },
      scopes(null, [{ default: 'allowed' }, needsAck]),
    ],
    [
      'needs_ack: no list names it, and access of the model m is needs_ack',
      { access: 'needs_ack' },
      scopes({ default: 'allowed' }, [{ default: 'allowed', allowed: ['other'] }], 'allowed'),
    ],
    [
      'allowed: no list names it, and model_access.default of group g3 is allowed',
      {},
      scopes({ default: 'blocked' }, [
        { default: 'blocked' },
        { default: 'needs_ack' },
        { default: 'allowed' },
      ]),
    ],
    [
      'needs_ack: no list names it, and model_access.default of group g2 is needs_ack',
      {},
      scopes({ default: 'allowed' }, [{ default: 'blocked' }, { default: 'needs_ack' }]),
    ],
    [
      'blocked: no list names it, and model_access.default of group g1 is blocked',
      {},
      scopes({ default: 'allowed' }, [{ default: 'blocked' }, {}], 'allowed'),
    ],
    [
      'allowed: no list names it, and model_access.default of user ada@example.edu is allowed',
      {},
      scopes({ default: 'allowed' }, [{}]),
    ],
    [
      'needs_ack: nothing else decides, and defaults.models.access is needs_ack',
      {},
      scopes({}, [{}], 'needs_ack'),
    ],
    [
      'needs_ack: listed under model_access.allowed of group g1, and needs_ack of the model asks everyone',
      { needsAck: true },
      scopes(null, [allowed]),
    ],
    [
      'needs_ack: listed under model_access.needs_ack of group g1',
      { needsAck: true },
      scopes(null, [needsAck]),
    ],
    [
      'blocked: listed under model_access.blocked of group g1',
      { needsAck: true },
      scopes(null, [blocked]),
    ],
    [
      'needs_ack: nothing else decides, and defaults.models.access is allowed, and needs_ack of the model asks everyone',
      { needsAck: true },
      scopes(null, [], 'allowed'),
    ],
  ])('says %j', (sentence, model, given) => {
    const decision = decide({ ...MODEL, ...model }, given);
    expect(explain(decision)).toBe(sentence);
    expect(sentence.startsWith(`${decision.access}: `)).toBe(true);
  });

  it('knows no star: a name is a name', () => {
    expect(decide(MODEL, scopes({ allowed: ['*'] })).access).toBe('blocked');
  });
});
