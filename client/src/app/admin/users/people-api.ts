import { Service, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import {
  type AdjustedPool,
  type Budget,
  type GroupPage,
  type PersonalBudget,
  type UserDetails,
} from '../../core/api/schema';
import { type policiesOf } from '../groups/pool-draft';

type OwnBudgetBody = ReturnType<typeof policiesOf> & { basedOn: string };

const user = (id: string) => `/api/admin/users/${encodeURIComponent(id)}`;

/** What administrators ask of the server about people, and have it do to them. */
@Service()
export class PeopleApi {
  private readonly api = inject(ApiClient);

  setActive(id: string, isActive: boolean): Promise<UserDetails> {
    return this.api.patch(user(id), { isActive });
  }

  setRoles(id: string, roles: readonly string[]): Promise<UserDetails> {
    return this.api.put(`${user(id)}/roles`, { roles });
  }

  budgetsOf(id: string): Promise<Budget[]> {
    return this.api.get(`${user(id)}/budgets`);
  }

  ownBudgetOf(id: string): Promise<PersonalBudget> {
    return this.api.get(`${user(id)}/budget-policy`);
  }

  setOwnBudget(id: string, body: OwnBudgetBody): Promise<PersonalBudget> {
    return this.api.put(`${user(id)}/budget-policy`, body);
  }

  removeOwnBudget(id: string, basedOn: string): Promise<void> {
    return this.api.delete(`${user(id)}/budget-policy?basedOn=${encodeURIComponent(basedOn)}`);
  }

  gift(poolId: string, amount: string, reason: string): Promise<AdjustedPool> {
    return this.api.post(`/api/admin/budgets/pools/${poolId}/gift`, { amount, reason });
  }

  adjust(poolId: string, amount: string, reason: string): Promise<AdjustedPool> {
    return this.api.post(`/api/admin/budgets/pools/${poolId}/adjust`, { amount, reason });
  }

  reset(poolId: string, reason: string): Promise<AdjustedPool> {
    return this.api.post(`/api/admin/budgets/pools/${poolId}/reset`, { reason });
  }

  addToGroup(group: string, id: string): Promise<void> {
    return this.api.put(`/api/admin/groups/${encodeURIComponent(group)}/members/${id}`);
  }

  removeFromGroup(group: string, id: string): Promise<void> {
    return this.api.delete(`/api/admin/groups/${encodeURIComponent(group)}/members/${id}`);
  }

  /** The names of all groups, for a choice. */
  async groupNames(): Promise<string[]> {
    const { items } = await this.api.get<GroupPage>('/api/admin/groups?pageSize=200');
    return items.map(({ name }) => name);
  }
}
