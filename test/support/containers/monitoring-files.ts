import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { DEPLOY } from './compose-file.js';

export interface Alert {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}

/** The rules of deploy/prometheus/alerts.yaml. */
export function readAlerts(): Alert[] {
  const text = readFileSync(path.join(DEPLOY, 'prometheus/alerts.yaml'), 'utf8');
  return (parse(text) as { groups: { rules: Alert[] }[] }).groups.flatMap(({ rules }) => rules);
}

export interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}

/** The panels of deploy/grafana/lumen.json. */
export function readPanels(): Panel[] {
  const text = readFileSync(path.join(DEPLOY, 'grafana/lumen.json'), 'utf8');
  return (JSON.parse(text) as { panels: Panel[] }).panels;
}

/** Every expression of both. */
export const expressions = () => [
  ...readAlerts().map(({ expr }) => expr),
  ...readPanels().flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
];
