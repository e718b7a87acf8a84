import { type ApiClient } from './api-client';

const MOST_ROWS = 200;

interface Page<T> {
  items: T[];
  total: number;
}

/** Every row of a list that the server hands out page by page; `onPage` hears how many there are so far. */
export async function allPages<T>(
  api: ApiClient,
  address: string,
  onPage: (done: number, total: number) => void = () => undefined,
): Promise<T[]> {
  const found: T[] = [];
  const joint = address.includes('?') ? '&' : '?';
  for (let page = 1; ; page += 1) {
    const asked = `${address}${joint}page=${page}&pageSize=${MOST_ROWS}`;
    const { items, total } = await api.get<Page<T>>(asked);
    found.push(...items);
    onPage(found.length, total);
    if (items.length === 0 || found.length >= total) return found;
  }
}
