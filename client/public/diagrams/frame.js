/*
 * Draws diagrams in a frame of their own: without the page's origin, without network, and where the
 * browser gives it one, in a process of its own. What it draws is only text to the page, which
 * cleans it and shows it as a picture.
 */
import mermaid from './mermaid/mermaid.esm.min.mjs';

let drawings = 0;

/** What a diagram's own settings may not touch: Mermaid's own list and what the page relies on. */
const SECURE = [
  ...[
    'secure',
    'securityLevel',
    'startOnLoad',
    'maxTextSize',
    'suppressErrorRendering',
    'maxEdges',
  ],
  ...['htmlLabels', 'flowchart', 'fontFamily', 'altFontFamily', 'themeCSS', 'deterministicIds'],
];

/** Tints that dark text can be read on, in light and dark pages alike. */
const TINTS = [
  '#a8c7fa',
  '#ffb68a',
  '#7fddb3',
  '#e4b5f5',
  '#7bd7e8',
  '#e6c65c',
  '#ffb4ab',
  '#c4c7c5',
];
const numbered = (name, from, values) =>
  Object.fromEntries(values.map((value, index) => [`${name}${index + from}`, value]));
const TINTED = {
  ...numbered('pie', 1, TINTS),
  ...numbered('cScale', 0, TINTS),
  ...numbered(
    'cScaleLabel',
    0,
    TINTS.map(() => '#1a1b1f'),
  ),
  pieSectionTextColor: '#1a1b1f',
  pieOpacity: '1',
};
const LIGHT = {
  background: '#eeedf1',
  primaryColor: '#d7e3ff',
  primaryTextColor: '#1a1b1f',
  primaryBorderColor: '#0b57d0',
  secondaryColor: '#ffe08a',
  tertiaryColor: '#f6f5f9',
  lineColor: '#5b6066',
  textColor: '#1a1b1f',
  noteBkgColor: '#ffe08a',
  noteTextColor: '#5c4300',
  edgeLabelBackground: '#eeedf1',
  pieTitleTextColor: '#1a1b1f',
  pieLegendTextColor: '#1a1b1f',
  pieStrokeColor: '#eeedf1',
  pieOuterStrokeColor: '#5b6066',
};
const DARK = {
  darkMode: true,
  background: '#1e2023',
  primaryColor: '#284777',
  primaryTextColor: '#e3e2e6',
  primaryBorderColor: '#a8c7fa',
  secondaryColor: '#4a3600',
  tertiaryColor: '#26282c',
  lineColor: '#a9adb3',
  textColor: '#e3e2e6',
  noteBkgColor: '#4a3600',
  noteTextColor: '#ffe08a',
  edgeLabelBackground: '#1e2023',
  pieTitleTextColor: '#e3e2e6',
  pieLegendTextColor: '#e3e2e6',
  pieStrokeColor: '#1e2023',
  pieOuterStrokeColor: '#a9adb3',
};

function settings({ isDark, maxTextSize }) {
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    secure: SECURE,
    maxTextSize,
    maxEdges: 300,
    htmlLabels: false,
    flowchart: { htmlLabels: false },
    theme: 'base',
    themeVariables: { ...TINTED, ...(isDark ? DARK : LIGHT) },
    fontFamily: 'system-ui, sans-serif',
    deterministicIds: true,
  };
}

async function draw(request) {
  try {
    mermaid.initialize(settings(request));
    const { svg, diagramType } = await mermaid.render(`diagram-${++drawings}`, request.source);
    return { id: request.id, svg, diagramType };
  } catch (error) {
    return { id: request.id, fault: String(error?.message ?? error).slice(0, 2000) };
  } finally {
    document.body.replaceChildren();
  }
}

addEventListener('message', async ({ data, source }) => {
  if (source === parent) parent.postMessage(await draw(data), '*');
});
parent.postMessage({ isReady: true }, '*');
