import { type CatalogueEntry, type ModelEndpoint } from '../catalogue-entry.js';

/** One list of models to ask for, and the endpoints that it tells about. */
export interface ProbeTarget {
  /** The same for the same address and key. Has the key in it: for comparing only. */
  readonly key: string;
  /** Says where and how to ask. */
  readonly endpoint: ModelEndpoint;
  readonly members: readonly ProbeMember[];
}

export interface ProbeMember {
  readonly entry: CatalogueEntry;
  readonly endpoint: ModelEndpoint;
}

/** Each address with each of its keys once, however many models are behind it. */
export function probeTargets(entries: readonly CatalogueEntry[]): ProbeTarget[] {
  const targets = new Map<string, ProbeTarget & { members: ProbeMember[] }>();
  for (const entry of entries) {
    for (const endpoint of entry.endpoints) {
      const key = keyOf(endpoint);
      const target = targets.get(key) ?? { key, endpoint, members: [] };
      target.members.push({ entry, endpoint });
      targets.set(key, target);
    }
  }
  return [...targets.values()];
}

function keyOf({ origin, basePath, authorization, isPublicOnly }: ModelEndpoint): string {
  return JSON.stringify([origin, basePath, authorization, isPublicOnly]);
}
