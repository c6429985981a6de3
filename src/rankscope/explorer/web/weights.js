// The weights: a slider and a number for every node, in the tree of the index.

import { announce, h, mark, s } from "./dom.js";
import { fixed } from "./numbers.js";

// The weights of all edges: those of the view, with the reader's own in their places.
export const weightsFor = (app, state) => {
  const given = Float64Array.from(app.tree.weights[app.viewOf(state)]);
  for (const [code, value] of Object.entries(state.weights)) {
    const edge = app.edges.get(code);
    if (edge !== undefined && app.isFree(edge)) given[edge] = value;
  }
  return given;
};

export const changedWeights = (app, state) => Object.keys(state.weights).some((code) => app.edges.has(code));

const siblings = (app, edge) => app.tree.nodes[app.tree.nodes[edge].parent].children;
const total = (edges, given) => edges.reduce((sum, edge) => sum + given[edge], 0);
export const shareOf = (app, edge, given) => {
  if (!app.tree.nodes[app.tree.nodes[edge].parent].shares) return given[edge];
  const sum = total(siblings(app, edge), given);
  return sum > 0 ? given[edge] / sum : 0;
};

// A node takes a share of its parent; the others that are not locked keep their proportions.
export const withShare = (app, state, edge, share) => {
  const given = weightsFor(app, state);
  const own = siblings(app, edge);
  if (!app.tree.nodes[app.tree.nodes[edge].parent].shares) return stated(app, state, [[edge, share]]);
  const sum = total(own, given) || 1;
  const locked = own.filter((one) => one !== edge && state.locks.includes(app.tree.nodes[one].code));
  const rest = own.filter((one) => one !== edge && !locked.includes(one));
  const held = total(locked, given) / sum;
  const wanted = Math.max(0, rest.length ? Math.min(share, 1 - held) : 1 - held);
  const left = Math.max(0, 1 - held - wanted);
  const before = total(rest, given);
  const parts = rest.map((one) => [one, before > 0 ? (given[one] / before) * left : left / rest.length]);
  return stated(app, state, [[edge, wanted], ...parts, ...locked.map((one) => [one, given[one] / sum])]);
};

export const equalled = (app, state, parent) => stated(app, state, app.tree.nodes[parent].children.map((edge) => [edge, 1 / app.tree.nodes[parent].children.length]));

export const restored = (app, state, parent) => {
  const codes = app.tree.nodes[parent].children.map((edge) => app.tree.nodes[edge].code);
  return Object.fromEntries(Object.entries(state.weights).filter(([code]) => !codes.includes(code)));
};

const stated = (app, state, pairs) => ({
  ...state.weights,
  ...Object.fromEntries(pairs.map(([edge, value]) => [app.tree.nodes[edge].code, Number(value.toPrecision(6))])),
});

const padlock = () => s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" },
  s("path", { class: "bow", d: "M5 7V5a3 3 0 0 1 6 0v2" }), s("rect", { x: 3, y: 7, width: 10, height: 7, rx: 1.2 }));

const row = (app, edge) => {
  const node = app.tree.nodes[edge];
  const name = node.name;
  const slider = h("input", { type: "range", min: 0, max: 100, step: 0.5, "aria-label": `Weight of ${name}, in percent of ${app.tree.nodes[node.parent].name}` });
  const typed = h("input", { type: "number", min: 0, max: 100, step: "any", inputmode: "decimal", "aria-label": `Weight of ${name} in percent, typed` });
  const lock = h("button", { type: "button", class: "lock", "aria-label": `Lock the weight of ${name}`, onclick: () => {
    const { locks } = app.state;
    app.set({ locks: locks.includes(node.code) ? locks.filter((one) => one !== node.code) : [...locks, node.code] });
  } }, padlock());
  const change = (element, passing) => {
    const value = Number(element.value);
    if (element.value === "" || !Number.isFinite(value)) return;
    app.set({ weights: withShare(app, app.state, edge, Math.min(100, Math.max(0, value)) / 100) }, passing);
    if (!passing) announce(`${name}: ${fixed(value, 1)} percent. ${app.headline()}`);
  };
  slider.addEventListener("input", () => change(slider, true));
  slider.addEventListener("change", () => change(slider, false));
  typed.addEventListener("change", () => change(typed, false));
  const label = h("span", { class: "name" }, name);
  const element = h("div", { class: "weight" }, label, slider, typed, h("span", { class: "unit" }, "%"), lock);
  return { edge, element, slider, typed, lock, label };
};

const group = (app, parent, rows, depth) => {
  const node = app.tree.nodes[parent];
  const inner = node.children.filter((edge) => !app.tree.nodes[edge].side);
  if (!inner.length) return null;
  const held = node.held;
  const own = inner.map((edge) => {
    const line = held ? null : row(app, edge);
    if (line) rows.push(line);
    const below = group(app, edge, rows, depth + 1);
    return h("li", {}, line ? line.element : h("div", { class: "weight held" }, app.tree.nodes[edge].name), below);
  });
  const tools = held
    ? h("p", { class: "why" }, `No live weights here: ${held}.`)
    : h("div", { class: "tools links" }, depth ? null : h("span", {}, "Top parts:"),
      h("button", { type: "button", "aria-label": `Equal weights within ${node.name}`, onclick: () => app.set({ weights: equalled(app, app.state, parent) }) }, "equal"),
      h("button", { type: "button", "aria-label": `Published weights within ${node.name}`, onclick: () => app.set({ weights: restored(app, app.state, parent) }) }, "as published"));
  const list = h("ul", {}, own);
  if (depth === 0) return h("div", { class: "group top" }, tools, list);
  return h("details", { class: "group" }, h("summary", {}, `Inside ${node.name}`), tools, list);
};

const sets = (app) => {
  const named = h("input", { type: "text", maxlength: 40, placeholder: "Name them", "aria-label": "Name for these weights" });
  const save = () => {
    const name = named.value.trim();
    if (!name) { named.focus(); return; }
    app.set({ sets: { ...app.state.sets, [name]: app.state.weights } });
    named.value = "";
    announce(`Saved as ${name}; it is part of the address.`);
  };
  named.addEventListener("keydown", (event) => { if (event.key === "Enter") save(); });
  const saved = h("div", { class: "saved" });
  const update = (state) => {
    saved.replaceChildren(...Object.entries(state.sets).map(([name, weights]) => h("span", { class: "chip" },
      h("button", { type: "button", onclick: () => app.set({ weights }) }, name),
      h("button", { type: "button", class: "away", "aria-label": `Forget the weights ${name}`, onclick: () => {
        const { [name]: _gone, ...rest } = app.state.sets;
        app.set({ sets: rest });
      } }, "×"))));
  };
  return { element: h("div", { class: "sets" }, h("div", { class: "line" }, named, h("button", { type: "button", onclick: save }, "Save these weights")), saved), update };
};

export const weightsPanel = (app) => {
  const rows = [];
  const tree = group(app, app.root, rows, 0) ?? h("p", {}, "There is nothing to weigh.");
  const kept = sets(app);
  const element = h("section", { class: "weights", "aria-labelledby": "weights-title" },
    h("h2", { id: "weights-title", class: "quiet" }, "Weights"),
    h("p", { class: "note" }, "Move one: the others make room, unless they are locked."),
    h("div", { class: "tools" },
      h("button", { type: "button", onclick: () => app.set({ weights: {}, locks: [] }) }, "All as published"),
      h("button", { type: "button", onclick: () => {
        const all = {};
        app.tree.nodes.forEach((node, parent) => {
          if (node.children.length && !node.held && !app.tree.nodes[node.children[0]].side) Object.assign(all, equalled(app, { weights: {} }, parent));
        });
        app.set({ weights: all });
      } }, "All equal")),
    tree, kept.element);
  const update = (state, passing) => {
    const given = app.weights;
    const under = passing ? document.activeElement : null; // who is at it is not interrupted
    for (const line of rows) {
      const share = shareOf(app, line.edge, given) * 100;
      const text = String(Number(share.toFixed(1)));
      if (under !== line.slider && line.slider.value !== text) line.slider.value = text;
      if (under !== line.typed && line.typed.value !== text) line.typed.value = text;
      const locked = state.locks.includes(app.tree.nodes[line.edge].code);
      mark(line.lock, "aria-pressed", locked);
      line.slider.disabled = locked;
      line.typed.disabled = locked;
      const base = shareOf(app, line.edge, app.tree.weights[app.view]) * 100;
      line.element.classList.toggle("moved", Math.abs(base - share) > 0.05);
      mark(line.element, "title", `Published: ${fixed(base, 1)} %`);
    }
    kept.update(state);
  };
  return { element, update };
};
