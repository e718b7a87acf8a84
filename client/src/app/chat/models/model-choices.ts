import { type ChatModel } from '../../core/api/schema';

export type ChoiceGroupName = 'recommended' | 'all' | 'unavailable';

export interface ChoiceGroup {
  name: ChoiceGroupName;
  models: ChatModel[];
}

/**
 * The models a search finds, in the order they are offered: the default, the others, those that
 * do not work at the moment. Groups without models are left out.
 */
export function modelChoices(
  models: readonly ChatModel[],
  defaultId: string | null,
  search: string,
): ChoiceGroup[] {
  const found = models.filter((model) => matches(model, search));
  const groupOf = (model: ChatModel): ChoiceGroupName => {
    if (model.status === 'down') return 'unavailable';
    return model.id === defaultId ? 'recommended' : 'all';
  };
  const names: ChoiceGroupName[] = ['recommended', 'all', 'unavailable'];
  return names
    .map((name) => ({ name, models: found.filter((model) => groupOf(model) === name) }))
    .filter((group) => group.models.length > 0);
}

/** As many as a short menu shows; of more models, one fewer, for the way to the others. */
const FEW = 4;

/**
 * The models a short menu offers: all where they are few, else those of `likely` (ids, in this order)
 * and then the first of the others.
 */
export function fewModels(
  models: readonly ChatModel[],
  likely: readonly (string | null)[],
): ChatModel[] {
  if (models.length <= FEW) return [...models];
  const first = likely.flatMap((id) => models.filter((model) => model.id === id));
  return [...new Set([...first, ...models])].slice(0, FEW - 1);
}

/** Every word of the search is in the model's name, id or purpose. */
function matches(model: ChatModel, search: string): boolean {
  const text = `${model.name} ${model.id} ${model.description ?? ''}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** A context window as people speak of it: 131072 is 128K, 1000000 is 1M. */
export function contextSize(tokens: number): string {
  if (tokens >= 1_000_000) return `${Math.round(tokens / 100_000) / 10}M`;
  return `${Math.round(tokens / (tokens % 1000 === 0 ? 1000 : 1024))}K`;
}

/** From here on a context window is worth a badge. */
export const LONG_CONTEXT = 100_000;
