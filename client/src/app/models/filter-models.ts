import { type ModelCard } from '../core/api/schema';

/** What the list is narrowed to; empty: nothing. */
export interface ModelFilters {
  search: string;
  access: string;
  modality: string;
  status: string;
}

/** The models that fit every filter; every word of the search is in the name or the purpose. */
export function filterModels(
  models: readonly ModelCard[],
  { search, access, modality, status }: ModelFilters,
): ModelCard[] {
  const words = search.toLowerCase().split(/\s+/);
  return models.filter((model) => {
    const text = `${model.model} ${model.description ?? ''}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (access === '' || model.access === access) &&
      (modality === '' || model.inputModalities.includes(modality)) &&
      (status === '' || model.status === status)
    );
  });
}

/** The address of a model's page, for a router link: slashes of the name stay slashes. */
export function modelLink(model: string): string[] {
  return ['/models', ...model.split('/')];
}

/** A name as a path of the API. */
export function modelPath(model: string): string {
  return model.split('/').map(encodeURIComponent).join('/');
}
