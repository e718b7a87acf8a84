import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DEPLOY } from '../support/containers/compose-file.js';
import { readAlerts, readPanels } from '../support/containers/monitoring-files.js';
import { selectorsOf } from '../support/containers/promql.js';

/** What each section says, in this order. */
const PARTS = ['**People notice**', '**It means**', '**Do**'];

function sectionsOf(document: string): Map<string, string> {
  const [, ...sections] = document.split('\n## ');
  return new Map(sections.map((section) => section.split(/\n([\s\S]*)/, 2) as [string, string]));
}

describe('the alert rules', () => {
  const alerts = readAlerts();
  const document = readFileSync(path.join(DEPLOY, '../docs/alerts.md'), 'utf8');
  const sections = sectionsOf(document);

  it.each(alerts.map((each) => [each.alert, each] as const))(
    '%s asks for something, says how bad it is, and is explained',
    (name, { expr, labels, annotations }) => {
      const selectors = selectorsOf(expr);
      expect(selectors.length).toBeGreaterThan(0);
      for (const selector of selectors) expect(selector.labels).toContain('job');
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.runbook).toBe(`docs/alerts.md#${name.toLowerCase()}`);
      const text = sections.get(name) ?? '';
      const places = PARTS.map((part) => text.indexOf(part));
      expect(places.every((place) => place !== -1)).toBe(true);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    },
  );

  it('are all that the document explains, each once', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    expect([...sections.keys()].filter((title) => title.startsWith('Lumen'))).toEqual(names);
  });
});

describe('the dashboard', () => {
  const panels = readPanels();

  it.each(panels.filter(({ type }) => type !== 'row').map((each) => [each.title, each] as const))(
    '%s shows something and says what',
    (_title, { targets = [], description = '' }) => {
      expect(description).not.toBe('');
      expect(targets.length).toBeGreaterThan(0);
      for (const { expr } of targets) expect(selectorsOf(expr).length).toBeGreaterThan(0);
    },
  );

  it('has no panel over another', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from(
        { length: w * h },
        (_each, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`,
      ),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});

describe('an expression', () => {
  it.each(['sum(rate(x[5m])', 'sum by (a rate(x[5m])', 'x{a="b}'])(
    'is refused: %s',
    (expression) => {
      expect(() => selectorsOf(expression)).toThrow('is wrong at');
    },
  );

  it('names its metrics and labels', () => {
    expect(selectorsOf('sum by (a) (rate(x{b="c"}[5m])) / y')).toEqual([
      { metric: 'x', labels: ['b', 'a'] },
      { metric: 'y', labels: ['a'] },
    ]);
  });
});
