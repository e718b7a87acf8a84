import { describe, expect, it } from '@jest/globals';
import { migrationSkeleton } from './migration-skeleton.mjs';

const INDEX = `import { First1000000000000 } from './1000000000000-first.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [First1000000000000] as const;
`;

const make = (over: object = {}) =>
  migrationSkeleton({
    name: 'group-rules',
    files: ['1000000000000-first.ts', 'index.ts', 'migration-columns.ts'],
    index: INDEX,
    now: 1_700_000_000_000,
    ...over,
  });

describe('a new migration', () => {
  it('is named for now and listed last', () => {
    const { file, content, index } = make();
    expect(file).toBe('1700000000000-group-rules.ts');
    expect(content).toContain("name = 'GroupRules1700000000000';");
    expect(index).toContain(
      "import { GroupRules1700000000000 } from './1700000000000-group-rules.js';\n\n/**",
    );
    expect(index).toContain('[First1000000000000, GroupRules1700000000000] as const');
  });

  it('comes after one that is dated later than now', () => {
    expect(make({ files: ['1800000000000-later.ts'] }).file).toBe('1800000000001-group-rules.ts');
  });

  it('adds to a list with a type, over several lines', () => {
    const list = ': (new () => MigrationInterface)[] = [\n  First1000000000000,\n];';
    const index = INDEX.replace(' = [First1000000000000] as const;', list);
    expect(make({ index }).index).toMatch(
      /= \[\s*First1000000000000, GroupRules1700000000000\s*\];/,
    );
  });

  it('says so where there is no list', () => {
    expect(() => make({ index: "import { x } from './x.js';\n" })).toThrow('MIGRATIONS');
  });

  it.each([undefined, '', 'GroupRules', 'group_rules', '../x', '1-x'])(
    'refuses the name %p',
    (name) => {
      expect(() => make({ name })).toThrow('kebab-case');
    },
  );
});
