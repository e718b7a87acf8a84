import { Component, computed, inject, output } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon, type IconName } from '../../ui/icon/icon';
import { type AttachedFile, extensionOf, shortName } from './attached-file';
import { ComposerAttachments } from './composer-attachments';
import { problemText, sizeText } from './file-texts';
import { QuestionCheck } from './question-check';
import { UploadLimits } from './upload-limits';

const CODE = ['py', 'js', 'ts', 'html', 'css', 'xml', 'json', 'yaml', 'yml'];
const ICONS: Record<string, IconName> = { pdf: 'picture_as_pdf', csv: 'table' };

/** The files in the message field: what they are, how far they have come, and what is wrong. */
@Component({
  selector: 'app-attachment-chips',
  imports: [Icon],
  templateUrl: './attachment-chips.html',
  styleUrl: './attachment-chips.scss',
})
export class AttachmentChips {
  /** One was removed: the focus has to go somewhere. */
  readonly removed = output<void>();

  protected readonly attachments = inject(ComposerAttachments);
  private readonly limits = inject(UploadLimits);
  private readonly check = inject(QuestionCheck);
  private readonly i18n = inject(I18n);
  private readonly number = (value: number) => this.i18n.number(value);

  protected readonly text = computed(() => this.i18n.text().composer);
  protected readonly chips = computed(() =>
    this.attachments.items().map((file) => this.chip(file)),
  );

  protected remove(key: number): void {
    this.attachments.remove(key);
    this.removed.emit();
  }

  private chip(file: AttachedFile) {
    const problem = problemText(file, this.limits.limits(), this.text(), this.number);
    const isUnseen = file.attachment?.kind === 'image' && this.check.blind() !== null;
    return {
      ...file,
      shortName: shortName(file.name),
      icon: iconOf(file),
      canRetry: file.problem?.kind === 'lost',
      isBad: file.state === 'failed' || isUnseen,
      // The ring's circumference is 100.
      ring: Math.round(file.progress * 100),
      line: problem !== '' ? problem : this.facts(file, isUnseen),
    };
  }

  /** How large it is, or how far it has come, and what a model makes of it. */
  private facts({ state, size, progress, attachment }: AttachedFile, isUnseen: boolean): string {
    const { file } = this.text();
    if (state === 'uploading') {
      return progress < 1 ? file.uploading(Math.round(progress * 100)) : file.reading;
    }
    const tokens = attachment?.tokens ?? 0;
    return [
      sizeText(size, this.number),
      tokens > 0 ? file.tokens(this.i18n.number(roughly(tokens))) : '',
      attachment?.isCut ? file.isCut : '',
      isUnseen ? file.noSight : '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
  }
}

function iconOf({ name, attachment, preview }: AttachedFile): IconName {
  if (attachment?.kind === 'image' || preview !== null) return 'image';
  const extension = attachment?.kind === 'pdf' ? 'pdf' : extensionOf(name);
  return ICONS[extension] ?? (CODE.includes(extension) ? 'data_object' : 'description');
}

/** An estimate has two digits that mean something. */
function roughly(tokens: number): number {
  return tokens < 100 ? tokens : Number(tokens.toPrecision(2));
}
