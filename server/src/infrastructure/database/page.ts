import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';

/** Which page of a list is wanted, in which order, of what contains `search`. */
export interface PageRequest {
  /** From 1. */
  page: number;
  pageSize: number;
  /** A property of the entity; refused unless the list allows it. */
  sort: string;
  order: 'asc' | 'desc';
  search?: string;
}

export interface Page<T> {
  items: T[];
  /** How many there are on all pages. */
  total: number;
  page: number;
  pageSize: number;
}

/** The properties of the query's main entity that a list may be sorted by and is searched in. */
export interface PageColumns {
  sortable: readonly string[];
  searched: readonly string[];
}

/**
 * Runs a query for one page, the same on both databases: text is searched and sorted without regard
 * to case, rows without a value come last, and rows that are equal keep one order (by id), so that
 * no row is on two pages.
 */
export async function findPage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  request: PageRequest,
  columns: PageColumns,
): Promise<Page<T>> {
  const { page, pageSize } = request;
  addSearch(query, request.search, columns.searched);
  const all = query.clone();
  addOrder(query, request, columns.sortable);
  const items = await query
    .offset((page - 1) * pageSize)
    .limit(pageSize)
    .getMany();
  const total = totalBy(request, items.length) ?? (await all.getCount());
  return { items, total, page, pageSize };
}

/** How many there are on all pages where a page that is not full says it; null: count them. */
export function totalBy(
  { page, pageSize }: Pick<PageRequest, 'page' | 'pageSize'>,
  found: number,
): number | null {
  if (found === pageSize || (found === 0 && page > 1)) return null;
  return (page - 1) * pageSize + found;
}

/** The page of a list that is in memory already, in its own order. */
export function pageOfList<T>(
  list: readonly T[],
  { page, pageSize }: Pick<PageRequest, 'page' | 'pageSize'>,
): Page<T> {
  const start = (page - 1) * pageSize;
  return { items: list.slice(start, start + pageSize), total: list.length, page, pageSize };
}

/** Leaves the rows of which one of these columns contains `search`; all without one. */
export function addSearch<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  search: string | undefined,
  searched: readonly string[],
): void {
  if (!search) return;
  const patterns = searchPatterns(search);
  query.andWhere(
    new Brackets((either) => {
      for (const property of searched) {
        patterns.forEach((pattern, index) => {
          const column = `LOWER(${query.alias}.${property})`;
          const name = `search${index}`;
          either.orWhere(`${column} LIKE :${name} ESCAPE '\\'`, { [name]: pattern });
        });
      }
    }),
  );
}

/**
 * What `LOWER(column)` has to be like. SQLite, and PostgreSQL with some locales, leave letters
 * beyond ASCII as they are, so a search with such letters tries them small, large and as in a name.
 */
export function searchPatterns(search: string): string[] {
  const variants = [search.toLowerCase(), search.toUpperCase(), asInNames(search)];
  return [...new Set(variants.map(lowerAscii))].map(
    (variant) => `%${variant.replace(/[\\%_]/g, '\\$&')}%`,
  );
}

const asInNames = (text: string) =>
  text.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toUpperCase());

const lowerAscii = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function addOrder<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  { sort, order }: PageRequest,
  sortable: readonly string[],
): void {
  if (!sortable.includes(sort)) throw new Error(`This list cannot be sorted by "${sort}".`);
  const direction = order === 'desc' ? 'DESC' : 'ASC';
  query.orderBy(sortExpression(query, sort), direction, 'NULLS LAST');
  query.addOrderBy(`${query.alias}.id`, direction);
}

/** PostgreSQL would sort text by the rules of a language that SQLite does not know. */
function sortExpression<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  property: string,
): string {
  const column = `${query.alias}.${property}`;
  const type = query.expressionMap.mainAlias?.metadata.findColumnWithPropertyName(property)?.type;
  if (type !== 'varchar' && type !== 'text') return column;
  const isPostgres = query.dataSource.options.type === 'postgres';
  return isPostgres ? `LOWER(${column}) COLLATE "C"` : `LOWER(${column})`;
}
