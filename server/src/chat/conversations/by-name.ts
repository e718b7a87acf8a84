const ORDER = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** As people look names up: whatever their case, 2 before 10; equal ones in the order they were made. */
export function byName(one: Named, other: Named): number {
  const order = ORDER.compare(one.name, other.name);
  return order === 0 ? Number(one.id > other.id) - Number(one.id < other.id) : order;
}

interface Named {
  readonly id: string;
  readonly name: string;
}
