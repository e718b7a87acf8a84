import { describe, expect, it } from '@jest/globals';
import { configurationSchema } from './schema/configuration.js';
import { atOnce } from './steps.js';
import { validateTree } from './validate-tree.js';
import { type YamlMapping } from './yaml-tree.js';

const APP = { secretKey: 's'.repeat(32), encryptionKey: 'e'.repeat(32) };

/** More clients than are validated in one step. */
function treeWith(clientOf: (n: number) => unknown, rest: YamlMapping = { app: APP }): YamlMapping {
  const clients = Object.fromEntries(
    Array.from({ length: 600 }, (_, n) => [`client${n}`, clientOf(n)]),
  );
  return { ...rest, clients };
}

describe('validateTree', () => {
  it('fills in and finds what the schema does in one go', () => {
    const valid = treeWith((n) => ({ coins: { max: n } }));
    const whole = configurationSchema.parse(valid);
    expect(atOnce(validateTree(valid))).toEqual({ success: true, data: whole });
    const wrong = treeWith((n) => (n % 299 === 0 ? { groups: 7 } : {}), { log: { level: 'loud' } });
    const { error } = configurationSchema.safeParse(wrong);
    expect(error?.issues.length).toBeGreaterThan(4);
    expect(atOnce(validateTree(wrong))).toEqual({ success: false, issues: error?.issues });
  });

  it('never validates a long section in one step', () => {
    let validated = 0;
    const counting = (n: number) => ({
      get description() {
        validated += 1;
        return `client ${n}`;
      },
    });
    const steps = validateTree(treeWith(counting));
    const most = { before: 0, inOneStep: 0 };
    while (!steps.next().done) {
      most.inOneStep = Math.max(most.inOneStep, validated - most.before);
      most.before = validated;
    }
    expect(validated).toBeGreaterThanOrEqual(600);
    expect(most.inOneStep).toBeLessThan(validated / 2);
  });
});
