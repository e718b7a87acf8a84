/** Words around what a model has written. */
export const markdown = {
  copyCode: 'Copy code',
  wrapCode: 'Wrap long lines',
  codeLabel: (language: string) => (language === '' ? 'Code' : `${language} code`),
  table: 'Table',
  formula: 'Formula',
  done: 'Done',
  open: 'Open',
  image: (description: string, host: string) => `Image: ${description} (${host})`,
  imageNameless: 'no description',
  diagram: 'Diagram',
  diagramAlt: (kind: string, title: string) =>
    title === '' ? `Diagram (${kind}), described by its source` : `Diagram (${kind}): ${title}`,
  showSource: 'Show the source',
  showDiagram: 'Show the diagram',
  diagramFaulty: (reason: string) => `This diagram could not be drawn. ${reason}`,
  diagramTooLarge: 'It is too large.',
  diagramIsForeign: 'It contains HTML or pictures.',
  diagramTooSlow: 'Drawing it took too long.',
  diagramUnavailable: 'What draws diagrams could not be loaded.',
};
