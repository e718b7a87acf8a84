import {
  CSP_NONCE,
  Component,
  type ElementRef,
  afterNextRender,
  DestroyRef,
  effect,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, drawSelection, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

import { type ConfigurationProblem } from '../../core/api/schema';

/** Colours of the theme in force, in both its lights. */
const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--mat-sys-on-surface-variant)', fontStyle: 'italic' },
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--mat-sys-primary)' },
  { tag: [tags.string, tags.content], color: 'var(--mat-sys-on-surface)' },
]);

const LOOK = EditorView.theme({
  '&': {
    backgroundColor: 'var(--mat-sys-surface-container-lowest)',
    color: 'var(--mat-sys-on-surface)',
    border: '1px solid var(--mat-sys-outline-variant)',
    borderRadius: '12px',
    overflow: 'hidden',
    blockSize: 'max(320px, calc(100dvh - 300px))',
  },
  '&.cm-focused': { outline: '3px solid var(--mat-sys-primary)' },
  '.cm-scroller': { font: '0.8125rem/1.25rem var(--app-mono)' },
  '.cm-content': { caretColor: 'var(--mat-sys-primary)' },
  '.cm-cursor': { borderLeftColor: 'var(--mat-sys-primary)' },
  '.cm-gutters': {
    backgroundColor: 'var(--mat-sys-surface-container)',
    color: 'var(--mat-sys-on-surface-variant)',
    border: 'none',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { backgroundColor: 'var(--mat-sys-secondary-container)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--mat-sys-surface-container-high)',
    color: 'var(--mat-sys-on-surface)',
    border: '1px solid var(--mat-sys-outline-variant)',
  },
});

/** The file as a text, with problems at their lines. Escape, then Tab leaves it by the keyboard. */
@Component({
  selector: 'app-yaml-view',
  template: `<div #host></div>`,
})
export class YamlView {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  readonly hintId = input.required<string>();
  readonly isReadOnly = input(false);
  readonly problems = input<readonly ConfigurationProblem[]>([]);
  readonly warnings = input<readonly ConfigurationProblem[]>([]);
  readonly edited = output<string>();

  private readonly host = viewChild.required<ElementRef<HTMLElement>>('host');
  private readonly nonce = inject(CSP_NONCE, { optional: true });
  private view: EditorView | undefined;

  constructor() {
    afterNextRender(() => {
      this.view = new EditorView({ parent: this.host().nativeElement, state: this.state() });
      // Long lines scroll sideways, also for those who only read.
      this.view.scrollDOM.tabIndex = 0;
      this.mark();
    });
    effect(() => {
      const text = this.text();
      if (this.view && this.view.state.doc.toString() !== text) this.view.setState(this.state());
    });
    effect(() => this.mark());
    inject(DestroyRef).onDestroy(() => this.view?.destroy());
  }

  private state(): EditorState {
    return EditorState.create({
      doc: this.text(),
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        indentUnit.of('  '),
        yaml(),
        syntaxHighlighting(COLOURS),
        LOOK,
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorState.readOnly.of(this.isReadOnly()),
        EditorView.contentAttributes.of({
          'aria-label': this.label(),
          'aria-describedby': this.hintId(),
        }),
        ...(this.nonce === null ? [] : [EditorView.cspNonce.of(this.nonce)]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.edited.emit(update.state.doc.toString());
        }),
      ],
    });
  }

  private mark(): void {
    const found = [
      ...this.problems().map((problem) => ({ problem, severity: 'error' as const })),
      ...this.warnings().map((problem) => ({ problem, severity: 'warning' as const })),
    ];
    const view = this.view;
    if (!view) return;
    const { doc } = view.state;
    const diagnostics = found
      .filter(({ problem }) => problem.line !== null && problem.line <= doc.lines)
      .map(({ problem, severity }) => {
        const { from, to } = doc.line(problem.line ?? 1);
        return { from, to, severity, message: `${problem.path} ${problem.message}`.trim() };
      });
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }
}
