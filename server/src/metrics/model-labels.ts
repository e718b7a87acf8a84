import { OTHER } from './series.js';

const MOST_MODELS = 1_000;

/**
 * The label of a model: its id if the catalogue has it, for the first thousand that are asked for in
 * the life of the process; `other` else. Anybody can make up names.
 */
export class ModelLabels {
  private readonly known = new Set<string>();

  constructor(
    private readonly isInCatalogue: (model: string) => boolean,
    private readonly most = MOST_MODELS,
  ) {}

  of(model: string): string {
    if (this.known.has(model)) return model;
    if (this.known.size >= this.most || !this.isInCatalogue(model)) return OTHER;
    this.known.add(model);
    return model;
  }
}
