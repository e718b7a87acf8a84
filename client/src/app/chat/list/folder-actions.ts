import { Service, inject } from '@angular/core';

import { asApiError } from '../../core/api/api-error';
import { type Folder } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { type ConfirmData } from '../../ui/confirm-dialog';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { type NameDialogData } from '../../ui/name-dialog';
import { Toast } from '../../ui/toast';
import { Folders } from './folders';

export const LONGEST_FOLDER_NAME = 100;

/** What is done with folders, with the questions it takes. Never throws: refusals are shown. */
@Service()
export class FolderActions {
  private readonly folders = inject(Folders);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly i18n = inject(I18n);

  /** Asks for a name and makes the folder; null if it came to nothing. */
  async create(): Promise<Folder | null> {
    const { newFolder, folderName, create, folderNameMissing } = this.i18n.text().conversations;
    const data: NameDialogData = {
      title: newFolder,
      label: folderName,
      action: create,
      missing: folderNameMissing,
      longest: LONGEST_FOLDER_NAME,
    };
    const name = await this.dialogs.open<string>(
      () => import('../../ui/name-dialog').then((file) => file.NameDialog),
      { data, width: '400px', autoFocus: 'input' },
    );
    if (name === undefined) return null;
    return this.tried(() => this.folders.create(name));
  }

  async rename(folder: Folder, name: string): Promise<void> {
    await this.tried(() => this.folders.rename(folder.id, name));
  }

  /** Asks first; resolves with whether the folder is gone. */
  async remove(folder: Folder): Promise<boolean> {
    const { deleteFolder, deleteFolderTitle, deleteFolderText } = this.i18n.text().conversations;
    const data: ConfirmData = {
      title: deleteFolderTitle(folder.name),
      text: deleteFolderText,
      action: deleteFolder,
    };
    const isConfirmed = await this.dialogs.open<boolean>(
      () => import('../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      { data, width: '440px', role: 'alertdialog' },
    );
    if (isConfirmed !== true) return false;
    return (await this.tried(() => this.folders.remove(folder.id).then(() => true))) ?? false;
  }

  private async tried<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
      return null;
    }
  }
}
