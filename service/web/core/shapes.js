/** The legend's little pictures of the canvas's node shapes, as SVG paths in a 20 × 20 box. */

const ring = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;

function regular(corners, turn = 0) {
  return ring(
    Array.from({ length: corners }, (_, index) => {
      const angle = ((index + turn) / corners) * 2 * Math.PI - Math.PI / 2;
      return [10 + 8.5 * Math.cos(angle), 10 + 8.5 * Math.sin(angle)];
    }),
  );
}

function star() {
  return ring(
    Array.from({ length: 10 }, (_, index) => {
      const radius = index % 2 ? 4 : 9;
      const angle = (index / 10) * 2 * Math.PI - Math.PI / 2;
      return [10 + radius * Math.cos(angle), 10 + radius * Math.sin(angle)];
    }),
  );
}

const PATHS = {
  ellipse: 'M10 2a8 8 0 1 1 0 16a8 8 0 1 1 0-16Z',
  rectangle: 'M2 4h16v12h-16Z',
  'round-rectangle': 'M5 4h10a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3h-10a3 3 0 0 1-3-3v-6a3 3 0 0 1 3-3Z',
  diamond: 'M10 1l9 9l-9 9l-9-9Z',
  triangle: 'M10 2l9 16h-18Z',
  hexagon: 'M5.5 2.5h9l4.5 7.5l-4.5 7.5h-9l-4.5-7.5Z',
  pentagon: regular(5),
  octagon: regular(8, 0.5),
  star: star(),
  vee: 'M1 2l9 5l9-5l-9 17Z',
  barrel: 'M3 5q7-4 14 0v10q-7 4-14 0Z',
  'round-tag': 'M4 4h9l5 6l-5 6h-9a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z',
};

/** The outline of a shape; unknown ones are circles, as on the canvas. */
export function shapePath(shape) {
  return PATHS[shape] ?? PATHS.ellipse;
}

/** The canvas's own name for a shape: unknown ones become an ellipse instead of a warning. */
export function shapeName(shape) {
  return shape in PATHS ? shape : 'ellipse';
}
