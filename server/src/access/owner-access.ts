import { type Membership } from '../groups/index.js';
import { type OwnerKind } from '../infrastructure/http/principal.js';
import { type AccessProfile } from './access-profile.js';

export { type Owner } from '../infrastructure/http/principal.js';

/** What was agreed to, and when: model and hash of the text to the time. */
export type AcknowledgedTexts = ReadonlyMap<string, Date>;

/** All that decides which models one owner may use. Immutable: a change makes another one. */
export interface OwnerAccess {
  readonly ownerKind: OwnerKind;
  /** The e-mail address of a person, the name of a client. */
  readonly ownerName: string;
  readonly memberships: readonly Membership[];
  /** What a client chose for requests that name no model; null: nothing, as for every person. */
  readonly defaultModel: string | null;
  readonly profile: AccessProfile;
  readonly acknowledged: AcknowledgedTexts;
}

export function acknowledgedKey(model: string, textHash: string): string {
  return `${textHash} ${model}`;
}
