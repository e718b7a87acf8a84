import { type Dialogs } from '../dialogs';
import { changesBetween } from './field-changes';

type Shown = ReadonlyMap<string, string>;

/** Shows what somebody else saved meanwhile beside one's own, and asks which of them to go on with. */
export async function chooseVersion(
  dialogs: Dialogs,
  theirs: Shown,
  mine: Shown,
): Promise<'mine' | 'theirs'> {
  const kept = await dialogs.open<'mine' | 'theirs'>(
    () => import('./conflict-dialog').then((file) => file.ConflictDialog),
    { data: changesBetween(theirs, mine), width: '680px', disableClose: true },
  );
  return kept ?? 'theirs';
}
