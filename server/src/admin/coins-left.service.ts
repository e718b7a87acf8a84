import { Injectable } from '@nestjs/common';
import {
  ALL_MODELS,
  amountText,
  LedgerService,
  type OwnedPool,
  type PersonInGroups,
  PolicyService,
  type ResolvedPolicies,
} from '../budgets/index.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { type CoinsLeftDto } from './users.dto.js';

const EVERY_POOL = { page: 1, sort: 'owner', order: 'asc' } as const;

/** What a page's worth of people or clients may still spend. */
@Injectable()
export class CoinsLeftService {
  constructor(
    private readonly policies: PolicyService,
    private readonly ledger: LedgerService,
  ) {}

  /** By the policy in force; a pool that nobody looked at yet will begin with its starting amount. */
  async of(ownerKind: OwnerKind, ownerIds: readonly string[]): Promise<Map<string, CoinsLeftDto>> {
    const owners = ownerIds.map((ownerId) => ({ ownerKind, ownerId }));
    const [resolved, pools] = await Promise.all([
      this.policies.resolveMany(owners),
      this.poolsOf(ownerIds),
    ]);
    return leftOf(
      [...resolved].map(([id, { policies }]) => [id, policies]),
      pools,
    );
  }

  /** The same of people whose groups somebody is reading. */
  async ofPeople(
    ownerIds: readonly string[],
    known: Promise<readonly PersonInGroups[]>,
  ): Promise<Map<string, CoinsLeftDto>> {
    const [policies, pools] = await Promise.all([
      known.then((people) => this.policies.ofPeople(people)),
      this.poolsOf(ownerIds),
    ]);
    return leftOf(policies, pools);
  }

  private async poolsOf(ownerIds: readonly string[]): Promise<Map<string, OwnedPool>> {
    // One more than there can be: a page that is not full need not be counted.
    const pageSize = ownerIds.length + 1;
    const asked = { ...EVERY_POOL, pageSize, ownerIds, unit: 'coins', model: ALL_MODELS } as const;
    const { items } = await this.ledger.pools(asked);
    return new Map(items.map((pool) => [pool.ownerId, pool]));
  }
}

function leftOf(
  policiesOf: Iterable<readonly [string, ResolvedPolicies]>,
  poolOf: ReadonlyMap<string, OwnedPool>,
): Map<string, CoinsLeftDto> {
  const found = new Map<string, CoinsLeftDto>();
  for (const [ownerId, { coins: policy }] of policiesOf) {
    if (!policy) continue;
    const { balance, held } = poolOf.get(ownerId) ?? { balance: policy.starting, held: 0n };
    const left = balance > held ? balance - held : 0n;
    const text = (amount: bigint) => amountText('coins', amount);
    found.set(ownerId, { kind: policy.kind, available: text(left), max: text(policy.max) });
  }
  return found;
}
