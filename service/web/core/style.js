/** How the canvas looks: made from the ontology (shape, colour) and from the colours the page gives the element. */
import { shapeName } from './shapes.js';

/** Relative luminance of an `rgb()` colour, 0 (black) to 1 (white). */
export function luminance(rgb) {
  const [r, g, b] = channels(rgb).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function channels(color) {
  if (color.startsWith('#')) return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return (color.match(/[\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
}

/** A legend colour that stays visible on the surface: the ontology's are made for white paper, dark ones are lightened. */
export function readable(color, dark) {
  if (!dark) return color;
  return `rgb(${channels(color)
    .map((value) => Math.round(value + (255 - value) * 0.42))
    .join(', ')})`;
}

/** The element's colours as the browser computed them; `font` with the CJK families. */
export function themeOf(element) {
  const style = getComputedStyle(element);
  const surface = style.backgroundColor;
  return {
    surface,
    dark: luminance(surface) < 0.3,
    text: style.color,
    line: style.borderTopColor,
    accent: style.outlineColor,
    font: style.fontFamily,
  };
}

const labelled = (theme) => ({
  label: 'data(text)',
  'text-wrap': 'wrap',
  'text-valign': 'bottom',
  'text-halign': 'center',
  'text-margin-y': 5,
  'font-family': theme.font,
  'font-size': 13,
  'line-height': 1.25,
  color: theme.text,
  'min-zoomed-font-size': 15.6,
  'text-background-color': theme.surface,
  'text-background-opacity': 0.86,
  'text-background-padding': 2,
  'text-background-shape': 'round-rectangle',
});

function edgeStyles(theme) {
  return [
    {
      selector: 'edge',
      style: {
        width: 1.2,
        'line-color': theme.line,
        'target-arrow-color': theme.line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.9,
        'curve-style': 'bezier',
        'control-point-step-size': 46,
        'target-distance-from-node': 3,
        'source-distance-from-node': 3,
        label: 'data(text)',
        'font-family': theme.font,
        'font-size': 11,
        color: theme.text,
        'min-zoomed-font-size': 9,
        'text-background-color': theme.surface,
        'text-background-opacity': 0.92,
        'text-background-padding': 2,
      },
    },
    { selector: 'edge[?duty]', style: { width: 2.4, 'line-color': theme.accent, 'target-arrow-color': theme.accent } },
    { selector: 'edge[type = "COOPERATES"]', style: { width: 1.4 } },
    { selector: 'edge[?implicit]', style: { 'line-style': 'dashed', 'line-dash-pattern': [6, 4] } },
  ];
}

/** @returns {object[]} a Cytoscape style sheet */
export function styleSheet(ontology, theme) {
  const types = Object.entries(ontology.nodes).map(([label, { shape, color }]) => ({
    selector: `node[label = "${label}"]`,
    style: { shape: shapeName(shape), 'background-color': readable(color, theme.dark) },
  }));
  return [
    {
      selector: 'node',
      style: {
        width: 30,
        height: 30,
        shape: 'ellipse',
        'background-color': readable('#55606e', theme.dark),
        'border-width': 1.5,
        'border-color': theme.surface,
        ...labelled(theme),
      },
    },
    ...types,
    { selector: 'node.named', style: { 'min-zoomed-font-size': 6 } },
    { selector: 'node.focus', style: { width: 42, height: 42, 'font-size': 15, 'font-weight': 700 } },
    ...edgeStyles(theme),
    { selector: '.dim', style: { opacity: 0.25 } },
    { selector: 'node.hover, node.at', style: { 'min-zoomed-font-size': 0, 'z-index': 9 } },
    { selector: 'node.at', style: { 'border-width': 4, 'border-color': theme.accent, 'border-opacity': 1 } },
    { selector: 'edge.at, edge.hover', style: { width: 4, 'min-zoomed-font-size': 0, 'z-index': 9 } },
    { selector: 'edge.pulse', style: { width: 7 } },
    { selector: 'core', style: { 'active-bg-opacity': 0, 'selection-box-opacity': 0 } },
  ];
}
