import {
  DOCUMENT,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';

/** Takes files that are dropped anywhere on the page, and says so while they hover over it. */
@Component({
  selector: 'app-drop-zone',
  imports: [Icon],
  template: `
    <div #over popover="manual" aria-hidden="true">
      <div class="frame">
        <app-icon name="upload_file" />
        <strong>{{ text().dropTitle }}</strong>
        <span>{{ text().dropText }}</span>
      </div>
    </div>
  `,
  styles: `
    [popover] {
      inline-size: 100%;
      block-size: 100%;
      max-inline-size: none;
      max-block-size: none;
      padding: 16px;
      border: 0;
      box-sizing: border-box;
      background: color-mix(in srgb, var(--mat-sys-surface) 92%, transparent);
      color: inherit;
      pointer-events: none;
    }
    [popover]:popover-open {
      display: grid;
    }
    .frame {
      display: flex;
      flex-direction: column;
      align-items: center;
      justify-content: center;
      gap: 4px;
      border: 2px dashed var(--mat-sys-primary);
      border-radius: 28px;
      background: color-mix(in srgb, var(--mat-sys-primary) 6%, transparent);
      font: var(--mat-sys-body-medium);
      --icon-size: 40px;
    }
    app-icon {
      color: var(--mat-sys-primary);
    }
    strong {
      font: var(--mat-sys-title-large);
    }
  `,
})
export class DropZone {
  readonly isOpen = input(true);
  readonly dropped = output<File[]>();

  private readonly document = inject(DOCUMENT);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().composer);
  private readonly layer = viewChild.required<ElementRef<HTMLElement>>('over');

  constructor() {
    const { body } = this.document;
    const listeners = {
      dragenter: (event: DragEvent) => this.over(event),
      dragover: (event: DragEvent) => this.over(event),
      dragleave: (event: DragEvent) => this.leave(event),
      drop: (event: DragEvent) => this.drop(event),
    };
    for (const [name, listener] of Object.entries(listeners)) {
      body.addEventListener(name as 'drop', listener);
    }
    inject(DestroyRef).onDestroy(() => {
      for (const [name, listener] of Object.entries(listeners)) {
        body.removeEventListener(name as 'drop', listener);
      }
    });
  }

  /** Without this, the browser would leave the page and show the file. */
  private over(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const canTake = this.canTake();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = canTake ? 'copy' : 'none';
    this.show(canTake);
  }

  /** Only when the pointer leaves the window: between its elements nothing is named. */
  private leave(event: DragEvent): void {
    if (event.relatedTarget === null) this.show(false);
  }

  private drop(event: DragEvent): void {
    this.show(false);
    if (!hasFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (this.canTake() && files.length > 0) this.dropped.emit(files);
  }

  /** In the top layer: above the sidebar too. */
  private show(is: boolean): void {
    this.layer().nativeElement.togglePopover?.(is);
  }

  private canTake(): boolean {
    return this.isOpen() && this.document.querySelector('[aria-modal="true"]') === null;
  }
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
