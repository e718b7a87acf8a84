import { describe, expect, it } from '@jest/globals';
import { judgeAudit } from './advisories.mjs';
import { dependencyProblems, isAllowed, licenceProblems, scriptProblems } from './dependencies.mjs';
import { softwareBill } from './sbom.mjs';

const lockOf = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } });
const NOW = new Date('2026-06-01T00:00:00Z');

describe('the packages', () => {
  it('of the lock files are as the rules want them', () => {
    expect(dependencyProblems()).toEqual([]);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['GPL-3.0 OR MIT', true],
    ['MIT AND GPL-3.0', false],
    ['(Apache-2.0 AND MIT)', true],
    ['GPL-3.0', false],
    ['SEE LICENSE IN file', false],
    ['', false],
  ])('may have the licence %j: %p', (licence, expected) => {
    expect(isAllowed(licence, ['MIT', 'Apache-2.0'])).toBe(expected);
  });

  it('with a licence nobody has allowed, or none, are named; an exception is for one licence', () => {
    const lock = lockOf({
      'node_modules/a': { version: '1.0.0', license: 'MIT' },
      'node_modules/a/node_modules/@x/b': { version: '2.0.0', license: 'GPL-3.0' },
      'node_modules/c': { version: '3.0.0' },
      'node_modules/d': { version: '4.0.0', license: 'MPL-2.0' },
    });
    const excepted = [
      { name: 'd', licence: 'MPL-2.0', reason: 'x' },
      { name: '@x/b', licence: null, reason: 'x' },
    ];
    const problems = licenceProblems(lock, ['MIT'], excepted);
    expect(problems.map((line: string) => line.split(' ')[0])).toEqual(['@x/b@2.0.0', 'c@3.0.0']);
  });

  it('that run something when they are installed are those of the list', () => {
    const lock = lockOf({
      'node_modules/known': { version: '1.0.0', hasInstallScript: true },
      'node_modules/new': { version: '1.0.0', hasInstallScript: true },
      'node_modules/quiet': { version: '1.0.0' },
    });
    expect(scriptProblems(lock, { known: false })).toEqual([
      expect.stringContaining('new@1.0.0 wants to run a script'),
    ]);
  });
});

describe('what is known against the packages', () => {
  const advisory = (severity: string, id: string) => ({
    ...{ name: 'left', title: 'It leaks', range: '<2', severity },
    url: `https://github.com/advisories/${id}`,
  });
  const report = (...via: unknown[]) =>
    JSON.stringify({ vulnerabilities: { left: { via }, right: { via: ['left'] } } });
  const accepted = (until: string) => [{ id: 'GHSA-1', reason: 'not reachable', until }];

  it('is a failure when it is high or critical, and nothing below', () => {
    const said = report(advisory('critical', 'GHSA-1'), advisory('moderate', 'GHSA-2'));
    const { problems, note } = judgeAudit(said, [], NOW);
    expect(problems).toEqual(['left (critical): It leaks, GHSA-1, in <2.']);
    expect(note).toBeUndefined();
  });

  it('may be accepted for a time', () => {
    const said = report(advisory('high', 'GHSA-1'));
    expect(judgeAudit(said, accepted('2026-06-01'), NOW).problems).toEqual([]);
    expect(judgeAudit(said, accepted('2026-05-31'), NOW).problems).toEqual([
      expect.stringContaining('It was accepted until 2026-05-31.'),
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a refusal', '{"message":"405 Method Not Allowed"}'],
    ['an error', '{"error":{"code":"ENOTFOUND","summary":"no network"}}'],
  ])('is said not to have been looked up when the registry gives %s', (_what, said) => {
    const { problems, note } = judgeAudit(said, [], NOW);
    expect(problems).toEqual([]);
    expect(note).toMatch(/NOT looked up/);
  });

  it('is nothing when the registry says so', () => {
    expect(judgeAudit('{"vulnerabilities":{}}', [], NOW)).toEqual({
      problems: [],
      note: undefined,
    });
  });
});

describe('the software bill of materials', () => {
  interface Component {
    type: string;
    name: string;
    version: string;
    purl: string;
    'bom-ref': string;
    hashes?: { alg: string; content: string }[];
  }

  it('is CycloneDX with every package, its hash and what needs it', async () => {
    const bill = (await softwareBill()) as {
      bomFormat: string;
      specVersion: string;
      metadata: { component: Component };
      components: Component[];
      dependencies: { ref: string; dependsOn?: string[] }[];
    };
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1 });
    expect(bill.metadata.component).toMatchObject({ name: 'lumen', type: 'application' });
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['fastify', 'undici', 'typeorm', 'mermaid']));
    for (const { name, version, purl, hashes } of bill.components) {
      // An alias has the purl of what it stands for.
      expect([name, purl.startsWith('pkg:npm/'), purl.endsWith(`@${version}`)]).toEqual([
        name,
        true,
        true,
      ]);
      expect([name, hashes?.[0]?.content]).toEqual([
        name,
        expect.stringMatching(/^[0-9a-f]{40,}$/),
      ]);
    }
    const refs = new Set(bill.components.map((component) => component['bom-ref']));
    refs.add(bill.metadata.component['bom-ref']);
    const needed = bill.dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
    expect(needed.filter((ref) => !refs.has(ref))).toEqual([]);
  }, 60_000);
});
