import { type CatalogueEntry } from '../models/index.js';
import { labelText } from './text-format.js';

export interface LabelledEndpoint {
  /** Of the endpoint. */
  readonly id: string;
  /** As they stand on the page. */
  readonly labels: string;
}

const known = new WeakMap<CatalogueEntry, readonly LabelledEndpoint[]>();

/**
 * A model's endpoints with their labels: host and port, never a path or a credential; with a number
 * behind it where one host serves the model more than once.
 */
export function endpointLabels(entry: CatalogueEntry, most: number): readonly LabelledEndpoint[] {
  const labelled = known.get(entry) ?? label(entry, most);
  known.set(entry, labelled);
  return labelled;
}

function label({ id: model, endpoints }: CatalogueEntry, most: number): LabelledEndpoint[] {
  const counts = new Map<string, number>();
  return endpoints.slice(0, most).map(({ id, origin }) => {
    const { host } = new URL(origin);
    const count = (counts.get(host) ?? 0) + 1;
    counts.set(host, count);
    const endpoint = count === 1 ? host : `${host}#${count}`;
    return { id, labels: labelText({ model, endpoint }) };
  });
}
