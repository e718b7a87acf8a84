import { type Messages } from '../messages';

export const markdown: Messages['markdown'] = {
  copyCode: 'Code kopieren',
  wrapCode: 'Lange Zeilen umbrechen',
  codeLabel: (language) => (language === '' ? 'Code' : `${language}-Code`),
  table: 'Tabelle',
  formula: 'Formel',
  done: 'Erledigt',
  open: 'Offen',
  image: (description, host) => `Bild: ${description} (${host})`,
  imageNameless: 'ohne Beschreibung',
  imageHint: 'Bilder von anderswo werden nicht geladen. Öffnet sich in einem neuen Tab',
  footnote: (label) => `Fußnote ${label}`,
  footnoteBack: 'Zurück zum Text',
  diagram: 'Diagramm',
  diagramAlt: (kind, title) =>
    title === ''
      ? `Diagramm (${kind}), beschrieben durch seine Quelle`
      : `Diagramm (${kind}): ${title}`,
  showSource: 'Quelle zeigen',
  showDiagram: 'Diagramm zeigen',
  diagramFaulty: (reason) => `Dieses Diagramm konnte nicht gezeichnet werden. ${reason}`,
  diagramTooLarge: 'Es ist zu groß.',
  diagramIsForeign: 'Es enthält HTML oder Bilder.',
  diagramTooSlow: 'Das Zeichnen hat zu lange gedauert.',
  diagramUnavailable: 'Was Diagramme zeichnet, konnte nicht geladen werden.',
};
