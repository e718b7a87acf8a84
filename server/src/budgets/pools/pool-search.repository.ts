import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, type EntityManager, Repository, type SelectQueryBuilder } from 'typeorm';
import {
  type Page,
  type PageRequest,
  searchPatterns,
  totalBy,
} from '../../infrastructure/database/page.js';
import { type OwnerKind } from '../../infrastructure/http/principal.js';
import { type Unit } from '../amounts.js';
import { Pool } from './pool.entity.js';

/** A pool with the name of its owner, amounts exact. */
export type OwnedPool = Pick<
  Pool,
  | 'id'
  | 'ownerKind'
  | 'ownerId'
  | 'unit'
  | 'scope'
  | 'balance'
  | 'held'
  | 'max'
  | 'refresh'
  | 'refreshedAt'
  | 'createdAt'
> & {
  /** The e-mail address of a person, the name of a client; null: there is none any more. */
  readonly ownerName: string | null;
};

const OWNER = 'COALESCE(person.email, client.name)';

/** What a list of pools may be sorted by. */
const SORTS = {
  owner: `LOWER(${OWNER})`,
  unit: 'pool.unit',
  scope: 'LOWER(pool.scope)',
  balance: 'pool.balance',
  held: 'pool.held',
  available: 'pool.balance - pool.held',
  /** How much of it is left; pools without a limit last. */
  share: 'CASE WHEN pool.max > 0 THEN (pool.balance - pool.held) * 1.0 / pool.max END',
  max: 'pool.max',
  refresh: 'pool.refresh',
  createdAt: 'pool.created_at',
} as const;

export type PoolSort = keyof typeof SORTS;
export const POOL_SORTS = Object.keys(SORTS) as [PoolSort, ...PoolSort[]];
const TEXT_SORTS: readonly string[] = ['owner', 'scope', 'unit'];

export interface PoolFilter {
  ownerKind?: OwnerKind;
  ownerId?: string;
  /** A few hundred of them. */
  ownerIds?: readonly string[];
  unit?: Unit;
  /** Empty: the pools for all models. */
  model?: string;
}

const COLUMNS = {
  id: 'pool.id',
  ownerKind: 'pool.owner_kind',
  ownerId: 'pool.owner_id',
  ownerName: OWNER,
  unit: 'pool.unit',
  scope: 'pool.scope',
  balance: 'CAST(pool.balance AS TEXT)',
  held: 'CAST(pool.held AS TEXT)',
  max: 'CAST(pool.max AS TEXT)',
  refresh: 'CAST(pool.refresh AS TEXT)',
  refreshedAt: 'CAST(pool.refreshed_at AS TEXT)',
  createdAt: 'CAST(pool.created_at AS TEXT)',
};

type RawPool = Record<keyof typeof COLUMNS, string>;

/** Finds pools together with whose they are. */
@Injectable()
export class PoolSearchRepository {
  constructor(@InjectRepository(Pool) private readonly pools: Repository<Pool>) {}

  /** One page; `search` looks at the names of owners, the unit and the scope. */
  async page(request: PageRequest & PoolFilter): Promise<Page<OwnedPool>> {
    const { page, pageSize, search } = request;
    const query = filtered(this.query(), request);
    if (search) addSearch(query, search);
    const all = query.clone();
    const rows = await this.sorted(query, request)
      .offset((page - 1) * pageSize)
      .limit(pageSize)
      .getRawMany<RawPool>();
    const total = totalBy(request, rows.length) ?? (await all.getCount());
    return { items: rows.map(poolOf), total, page, pageSize };
  }

  async find(id: string, manager?: EntityManager): Promise<OwnedPool | null> {
    const query = withColumns(this.query(manager)).where('pool.id = :id', { id });
    const row = await query.getRawOne<RawPool>();
    return row ? poolOf(row) : null;
  }

  private query(manager?: EntityManager): SelectQueryBuilder<Pool> {
    const pools = manager?.getRepository(Pool) ?? this.pools;
    return pools
      .createQueryBuilder('pool')
      .leftJoin('users', 'person', `pool.owner_kind = 'user' AND person.id = pool.owner_id`)
      .leftJoin('clients', 'client', `pool.owner_kind = 'client' AND client.id = pool.owner_id`);
  }

  private sorted(
    query: SelectQueryBuilder<Pool>,
    { sort, order }: Pick<PageRequest, 'sort' | 'order'>,
  ): SelectQueryBuilder<Pool> {
    if (!Object.hasOwn(SORTS, sort)) throw new Error(`Pools cannot be sorted by "${sort}".`);
    // PostgreSQL would sort text by the rules of a language that SQLite does not know.
    const isText =
      TEXT_SORTS.includes(sort) && this.pools.manager.dataSource.options.type === 'postgres';
    const direction = order === 'desc' ? 'DESC' : 'ASC';
    return withColumns(query)
      .addSelect(`${SORTS[sort as PoolSort]}${isText ? ' COLLATE "C"' : ''}`, 'sort_key')
      .orderBy('sort_key', direction, 'NULLS LAST')
      .addOrderBy('pool.id', direction);
  }
}

function withColumns(query: SelectQueryBuilder<Pool>): SelectQueryBuilder<Pool> {
  query.select([]);
  for (const [name, expression] of Object.entries(COLUMNS)) query.addSelect(expression, name);
  return query;
}

function filtered(query: SelectQueryBuilder<Pool>, filter: PoolFilter): SelectQueryBuilder<Pool> {
  const { ownerKind, ownerId, ownerIds, unit, model } = filter;
  if (ownerKind !== undefined) query.andWhere('pool.owner_kind = :ownerKind', { ownerKind });
  if (ownerId !== undefined) query.andWhere('pool.owner_id = :ownerId', { ownerId });
  if (ownerIds !== undefined) {
    query.andWhere('pool.owner_id IN (:...ownerIds)', { ownerIds: ['', ...ownerIds] });
  }
  if (unit !== undefined) query.andWhere('pool.unit = :unit', { unit });
  if (model !== undefined) query.andWhere('pool.scope = :model', { model });
  return query;
}

function addSearch(query: SelectQueryBuilder<Pool>, search: string): void {
  query.andWhere(
    new Brackets((either) => {
      searchPatterns(search).forEach((pattern, index) => {
        for (const column of [
          'person.email',
          'person.name',
          'client.name',
          'pool.scope',
          'pool.unit',
        ]) {
          const name = `search${index}`;
          either.orWhere(`LOWER(${column}) LIKE :${name} ESCAPE '\\'`, { [name]: pattern });
        }
      });
    }),
  );
}

function poolOf(row: RawPool): OwnedPool {
  return {
    id: row.id,
    ownerKind: row.ownerKind as OwnerKind,
    ownerId: row.ownerId,
    ownerName: row.ownerName,
    unit: row.unit as Unit,
    scope: row.scope,
    balance: BigInt(row.balance),
    held: BigInt(row.held),
    max: BigInt(row.max),
    refresh: BigInt(row.refresh),
    refreshedAt: new Date(Number(row.refreshedAt)),
    createdAt: new Date(Number(row.createdAt)),
  };
}
