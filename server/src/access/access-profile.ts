import { type CatalogueEntry } from '../models/index.js';
import { type AccessScopes, decide, type Decision } from './decide.js';

/**
 * What has a say about the models of everybody in the same groups without settings of their own:
 * most people share a few profiles, so each decision is made once and kept once.
 */
export class AccessProfile {
  /** By entry, not by name: when the catalogue changes, old decisions go with its entries. */
  private readonly decisions = new WeakMap<CatalogueEntry, Decision>();

  constructor(private readonly scopes: AccessScopes) {}

  decide(entry: CatalogueEntry): Decision {
    const known = this.decisions.get(entry);
    if (known) return known;
    const decision = Object.freeze(decide(entry, this.scopes));
    this.decisions.set(entry, decision);
    return decision;
  }
}

/** Equal for scopes that decide alike, within one version of the configuration and the groups. */
export function profileKey({ own, groups }: AccessScopes): string {
  return JSON.stringify([own?.name ?? null, ...groups.map(({ name }) => name)]);
}
