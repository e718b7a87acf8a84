import { Injectable } from '@nestjs/common';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { PolicyService } from '../policies/policy.service.js';
import { type OwnedPool } from '../pools/pool-search.repository.js';

/** What a pool would start with if it were new. */
@Injectable()
export class StartingAmountService {
  constructor(private readonly policies: PolicyService) {}

  /** Nano-coins or tokens. @throws AppError conflict where no policy limits the pool now */
  async of({ ownerKind, ownerId, unit, scope }: OwnedPool): Promise<bigint> {
    const { policies } = await this.policies.resolve({ ownerKind, ownerId });
    const policy = policies.of(unit, scope);
    if (policy?.kind === 'limited') return policy.starting;
    throw new AppError(
      'conflict',
      policy
        ? `${policy.source} makes this pool ${policy.kind}, so there is nothing to reset it to.`
        : 'No policy governs this pool any more, so there is nothing to reset it to. Adjust it instead.',
    );
  }
}
