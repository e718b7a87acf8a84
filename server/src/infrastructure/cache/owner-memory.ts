import { LRUCache } from 'lru-cache';
import { type Owner, type OwnerKind } from '../http/principal.js';

const REMEMBERED_OWNERS = 20_000;
const KINDS = ['user', 'client'] as const;
/** Word of a change comes within 2 s; this is for what was missed while the database was away. */
const REMEMBERED_FOR_MS = 5 * 60_000;

/**
 * What is remembered of owners, in one version of the configuration and of the groups; whoever keeps
 * it begins another one when those change, which costs nothing: room is made for the first owner.
 */
export class OwnerMemory<Known extends { readonly ownerKind: OwnerKind }> {
  private owners: LRUCache<string, Known> | undefined;
  private readonly underWay = new Map<string, Promise<Known>>();

  get({ ownerKind, ownerId }: Owner): Known | undefined {
    const known = this.owners?.get(ownerId);
    return known?.ownerKind === ownerKind ? known : undefined;
  }

  /** What `read` answers, kept unless the owner is forgotten meanwhile. Many who ask read once. */
  load(owner: Owner, read: () => Promise<Known>): Promise<Known> {
    const place = placeOf(owner);
    const known = this.underWay.get(place);
    if (known) return known;
    const answer = read();
    this.underWay.set(place, answer);
    return this.keep(owner, answer);
  }

  forget(ownerId: string): void {
    this.owners?.delete(ownerId);
    for (const ownerKind of KINDS) this.underWay.delete(placeOf({ ownerKind, ownerId }));
  }

  /** What was forgotten while it was read may be of before the change: it is answered, not kept. */
  private async keep(owner: Owner, answer: Promise<Known>): Promise<Known> {
    const place = placeOf(owner);
    const isWanted = () => this.underWay.get(place) === answer;
    try {
      const known = await answer;
      if (isWanted()) this.remember(owner.ownerId, known);
      return known;
    } finally {
      if (isWanted()) this.underWay.delete(place);
    }
  }

  private remember(ownerId: string, known: Known): void {
    this.owners ??= new LRUCache({ max: REMEMBERED_OWNERS, ttl: REMEMBERED_FOR_MS });
    this.owners.set(ownerId, known);
  }
}

const placeOf = ({ ownerKind, ownerId }: Owner) => `${ownerKind} ${ownerId}`;
