// Who moves: published ranks on the left, the ranks of these weights on the right.

import { cut, narrow, s } from "./dom.js";

const LINE = 18;
const LINES = 40;

const placesOf = (rows, ranks) => {
  const order = rows.filter((row) => ranks[row]).sort((a, b) => ranks[a] - ranks[b] || a - b);
  return new Map(order.map((row, at) => [row, at]));
};

export const slopeChart = (app, rows, frame) => {
  const shown = rows.filter((row) => frame.ranks[row] && frame.base[row]).slice(0, LINES);
  const left = placesOf(shown, frame.base);
  const right = placesOf(shown, frame.ranks);
  const small = narrow();
  const [width, from, to, letters] = small ? [360, 122, 238, 16] : [640, 190, 450, 40];
  const height = shown.length * LINE + 34;
  const y = (place) => 30 + place * LINE;
  const name = (row) => cut(app.facts.units[row].name, letters);
  const kind = (row) => (frame.ranks[row] < frame.base[row] ? "up" : frame.ranks[row] > frame.base[row] ? "down" : "same");
  return s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "picture", "data-name": "slope", "aria-label": "Ranks by the published weights and by these" },
    s("text", { x: from, y: 12, class: "head", "text-anchor": "end" }, "Published"), s("text", { x: to, y: 12, class: "head" }, "These weights"),
    shown.flatMap((row) => [
      s("line", { class: `move ${kind(row)}`, x1: from + 8, x2: to - 8, y1: y(left.get(row)) - 4, y2: y(right.get(row)) - 4 }),
      s("text", { x: from, y: y(left.get(row)), "text-anchor": "end" }, `${name(row)}  ${frame.base[row]}`),
      s("text", { x: to, y: y(right.get(row)), class: kind(row) }, `${frame.ranks[row]}  ${name(row)}`),
    ]));
};
