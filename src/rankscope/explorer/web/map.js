// The map: the score of the node in focus, with the weights of the moment.

import { h, mark, put, s, say } from "./dom.js";
import { fixed, shared } from "./numbers.js";

const CLASSES = 6;

// Borders of classes with equally many countries; a map has colours for few values only.
export const quantiles = (values, classes) => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return Array.from({ length: classes - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / classes)]).filter(Number.isFinite);
};

const classOf = (value, borders) => (Number.isFinite(value) ? 1 + borders.filter((border) => value >= border).length : 0);

export const mapView = (app) => {
  const { box, sphere, shapes } = app.facts.map;
  const drawn = new Map();
  const { noun } = app.facts;
  const readout = h("p", { class: "readout" }, matchMedia("(hover: none)").matches ? `Touch a ${noun} to open it.`
    : `Point at a ${noun}; or walk through the ranking with the arrow keys, and open a ${noun} with Enter.`);
  // One stop for Tab; from there the arrow keys lead down and up the ranking.
  let standing = null;
  const stop = (code) => {
    if (standing === code) return;
    drawn.get(standing)?.element.setAttribute("tabindex", "-1");
    drawn.get(code)?.element.setAttribute("tabindex", "0");
    standing = code;
  };
  const walked = () => {
    const ranks = app.ranksAt(app.focus(app.state));
    return [...drawn].map(([code, { row }]) => ({ code, row, place: ranks[row] || Infinity }))
      .sort((a, b) => (a.place === b.place ? a.row - b.row : a.place - b.place)).map(({ code }) => code);
  };
  const walk = (event) => {
    const order = walked();
    const at = order.indexOf(standing);
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    drawn.get(order[Math.max(0, Math.min(order.length - 1, to))]).element.focus();
  };
  const shape = (code, { d, x, y, tiny }) => {
    const row = app.rowOf.get(code);
    const element = tiny ? s("circle", { cx: x, cy: y, r: 3.2 }) : s("path", { d });
    if (row === undefined) { element.setAttribute("class", "land"); return element; }
    element.setAttribute("tabindex", "-1");
    element.setAttribute("role", "link");
    const tell = () => say(readout, app.sentence(row));
    const open = () => app.set({ at: "country", unit: code });
    for (const kind of ["pointerover", "focus"]) element.addEventListener(kind, tell);
    element.addEventListener("focus", () => stop(code));
    element.addEventListener("click", open);
    element.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(); } });
    drawn.set(code, { element, row });
    return element;
  };
  const entries = Object.entries(shapes).sort(([, a], [, b]) => a.tiny - b.tiny);
  const legend = h("ul", { class: "legend" });
  const svg = s("svg", { class: "picture world", "data-name": "map", viewBox: box, role: "group", "aria-label": "Map of the scores: arrow keys walk through the ranking", onkeydown: walk },
    s("path", { d: sphere, class: "sea" }), entries.filter(([code, one]) => app.rowOf.has(code) || !one.tiny).map(([code, one]) => shape(code, one)));
  const indented = [];
  const list = (number, level) => {
    const node = app.tree.nodes[number];
    if (node.side) return;
    indented.push(h("option", { value: number === app.root ? "" : node.code }, `${"\u2003".repeat(level)}${node.name}`));
    for (const child of node.children) list(child, level + 1);
  };
  list(app.root, 0);
  const select = h("select", { "aria-label": "What the map shows" }, indented);
  select.addEventListener("change", () => app.set({ open: select.value, sort: "" }));
  const title = h("h2", { class: "quiet" });
  const element = h("div", { class: "mapped" }, h("div", { class: "tools" }, title, select), svg, readout, legend);
  app.sentence = (row) => {
    const at = app.focus(app.state);
    const rank = app.ranksAt(at)[row];
    return `${app.facts.units[row].name}: ${rank ? `rank ${shared(app.ranksAt(at), row)}, score ${fixed(app.scores[at][row], app.facts.decimals)}` : "not ranked"}`;
  };
  const update = (state) => {
    const at = app.focus(state);
    const ranks = app.ranksAt(at);
    const values = [...app.scores[at]].map((score, row) => (ranks[row] ? score : NaN));
    const borders = quantiles(values, CLASSES);
    say(title, app.tree.nodes[at].name);
    select.value = at === app.root ? "" : app.tree.nodes[at].code;
    if (!drawn.has(standing)) stop(walked()[0]);
    for (const [code, { element: one, row }] of drawn) {
      const out = app.facts.groupings.some(({ key, of }) => state.filters[key] && of[row] !== state.filters[key]);
      const pinned = state.pins.includes(code) || state.unit === code ? " pinned" : "";
      mark(one, "class", `class${out ? 0 : classOf(values[row], borders)}${pinned}${out ? " out" : ""}`);
      mark(one, "aria-label", app.sentence(row));
    }
    const ends = [-Infinity, ...borders, Infinity];
    put(legend, ends.slice(1).map((end, place) => h("li", {}, h("span", { class: `swatch class${place + 1}`, "aria-hidden": "true" }),
      place === 0 ? `below ${fixed(end, 1)}` : end === Infinity ? `${fixed(ends[place], 1)} and more` : `${fixed(ends[place], 1)} to ${fixed(end, 1)}`)),
    h("li", {}, h("span", { class: "swatch class0", "aria-hidden": "true" }), "not ranked"));
  };
  return { element, update };
};
