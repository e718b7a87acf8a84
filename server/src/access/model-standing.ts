import { type ModelAccess } from '../config/index.js';
import { type CatalogueEntry } from '../models/index.js';
import { type AcknowledgementText } from './acknowledgement-text.js';
import { type Decision } from './decide.js';

/** How somebody stands to a model now, and why. */
export interface ModelStanding {
  readonly entry: CatalogueEntry;
  /** `needs_ack` only while an acknowledgement is missing. */
  readonly access: ModelAccess;
  /** What the rules say, whether it was acknowledged or not. */
  readonly decision: Decision;
  /** What has to be acknowledged; null unless the rules ask for it. */
  readonly text: AcknowledgementText | null;
  /** When that very text was acknowledged. */
  readonly acknowledgedAt: Date | null;
}
