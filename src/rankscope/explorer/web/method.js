// How the index is made: its tree, its stages, how its parts go together, what the checks say.

import { cut, h, narrow, put, s, say, whenNarrowed } from "./dom.js";
import { effective } from "./evaluate.js";
import { fixed, percent } from "./numbers.js";

const pearson = (a, b) => {
  const rows = [...a.keys()].filter((row) => Number.isFinite(a[row]) && Number.isFinite(b[row]));
  if (rows.length < 3) return NaN;
  const mean = (values) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
  const [left, right] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const row of rows) {
    ab += (a[row] - left) * (b[row] - right);
    aa += (a[row] - left) ** 2;
    bb += (b[row] - right) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : NaN;
};

// Correlations of the parts of a node with each other and with the node itself.
export const correlations = (app, at) => {
  const ranked = app.ranksAt(app.root);
  const column = (number) => app.scores[number].map((score, row) => (ranked[row] ? score : NaN));
  const numbers = [at, ...app.tree.nodes[at].children.filter((child) => !app.tree.nodes[child].side)];
  const columns = numbers.map(column);
  return { numbers, values: columns.map((one) => columns.map((other) => pearson(one, other))) };
};

const heat = (app, at) => {
  const { numbers, values } = correlations(app, at);
  const name = (number) => app.tree.nodes[number].name;
  const small = narrow();
  const [cell, left, letters] = small ? [38, 140, 19] : [46, 250, 34];
  const shade = (value) => (Number.isFinite(value) ? `${value < 0 ? "minus" : "plus"}${Math.min(4, Math.floor(Math.abs(value) * 5))}` : "gap");
  const width = Math.max(small ? 360 : 640, left + numbers.length * cell);
  return s("svg", { class: "picture", "data-name": "correlations", role: "img", viewBox: `0 0 ${width} ${numbers.length * 26 + 30}`, "aria-label": `Correlations of the parts of ${name(at)}` },
    numbers.map((_, place) => s("text", { x: left + place * cell + cell / 2, y: 14, "text-anchor": "middle" }, String(place + 1))),
    numbers.flatMap((row, down) => [
      s("text", { x: left - 8, y: down * 26 + 39, "text-anchor": "end" }, `${cut(name(row), letters)}  ${down + 1}`),
      numbers.map((_, across) => [
        s("rect", { class: `heat ${shade(values[down][across])}`, x: left + across * cell, y: down * 26 + 22, width: cell - 2, height: 24 }),
        s("text", { class: `heat-text ${shade(values[down][across])}`, x: left + across * cell + cell / 2 - 1, y: down * 26 + 38, "text-anchor": "middle" }, fixed(values[down][across], 2)),
      ]),
    ]));
};

const MEANS = { arithmetic: "weighted mean", geometric: "geometric mean", harmonic: "harmonic mean" };

const framework = (app) => {
  const now = effective(app.tree, app.weights);
  const published = effective(app.tree, app.tree.weights[app.view]);
  const indicator = new Map(app.facts.indicators.map((one) => [app.tree.nodes[one.node].side ? app.tree.nodes[one.node].parent : one.node, one]));
  const rows = [];
  const walk = (number, level) => {
    const node = app.tree.nodes[number];
    if (node.side) return;
    const about = app.facts.about[number];
    const data = indicator.get(number);
    const source = data && app.facts.sources[data.source];
    rows.push(h("tr", {},
      h("th", { scope: "row", class: `level${Math.min(level, 4)}` }, node.name, about.description ? h("small", { class: "described" }, about.description) : null),
      h("td", { class: "n" }, percent(now[number])), h("td", { class: "n" }, percent(published[number])),
      h("td", {}, data ? `${data.kind}, ${about.polarity > 0 ? "more is better" : "less is better"}` : app.isAggregate(number) ? (MEANS[node.method] ?? node.method) : ""),
      h("td", {}, source ? source.publisher : "")));
    if (app.isAggregate(number)) for (const child of node.children) walk(child, level + 1);
  };
  walk(app.root, 0);
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Framework" }, h("table", { class: "framework" },
    h("thead", {}, h("tr", {}, ["Part", "Weight now", "Published", "What it is", "Source"].map((title, at) => h("th", { scope: "col", class: at === 1 || at === 2 ? "n" : "" }, title)))),
    h("tbody", {}, rows)));
};

const findingItems = (findings) => h("ul", { class: "findings" }, findings.map((one) => h("li", { class: one.severity },
  h("strong", {}, `${one.severity}: `), one.sentence, one.remedy ? ` ${one.remedy}` : "", one.source ? h("small", {}, ` (${one.source})`) : null)));

const MANY = 6;

// Where there are many, notes are folded away so that what is graver is not lost among them.
const findingsList = (findings) => {
  if (!findings.length) return h("p", { class: "note" }, "There is nothing to remark.");
  const notes = findings.filter(({ severity }) => severity === "note");
  if (notes.length <= MANY) return findingItems(findings);
  const graver = findings.filter(({ severity }) => severity !== "note");
  return h("div", {}, findingItems(graver), h("details", {}, h("summary", {}, `${notes.length} notes`), findingItems(notes)));
};

const auditPart = (app) => {
  const holder = h("div", {});
  const status = h("p", { class: "note", role: "status" });
  let running = null;
  const show = (answer) => {
    if (answer.problem) { say(status, answer.problem); running = null; button.textContent = "Audit this index"; }
    if (answer.areas) {
      put(holder, h("ul", { class: "lights" }, answer.areas.map((area) => h("li", {}, h("span", { class: `light ${area.light}` }, area.light), h("strong", {}, ` ${area.title} `), area.sentence))), findingsList(answer.findings));
      say(status, answer.progress < 1 ? "These need no draws; the rest is under way." : "");
    }
    if (answer.done) { running = null; button.textContent = "Audit again with these weights"; }
  };
  const button = h("button", { type: "button", onclick: () => {
    if (running) { running.cancel(); running = null; button.textContent = "Audit this index"; say(status, "Cancelled."); return; }
    say(status, "This takes some seconds.");
    button.textContent = "Cancel";
    running = app.ask("audit", { view: app.facts.views[app.view].key, weights: app.state.weights }, show);
  } }, "Audit this index");
  return h("div", {}, button, status, holder);
};

export const methodView = (app) => {
  const element = h("article", { class: "method" });
  const heading = h("h2", {}, "How this index is made");
  const stages = h("dl", {}, app.facts.method.stages.map(({ name, words }) => [h("dt", {}, name), words.map((one) => h("dd", {}, one))]));
  const audit = app.ask ? auditPart(app) : null;
  const findings = findingsList(app.facts.method.findings);
  let unfolded = false;
  const update = (state) => {
    const at = app.focus(state);
    const open = app.isAggregate(at) ? at : app.root;
    const inner = app.tree.nodes.map((_, number) => number).filter((number) => app.isAggregate(number)).reverse();
    const select = h("select", { "aria-label": "Parts of" }, inner.map((number) => h("option", { value: app.tree.nodes[number].code, selected: number === open }, app.tree.nodes[number].name)));
    select.addEventListener("change", () => app.set({ open: select.value === app.tree.nodes[app.root].code ? "" : select.value }));
    const tree = h("details", { open: unfolded }, h("summary", {}, `Framework: ${app.indicatorNodes.length} indicators with their weights and sources`), framework(app));
    tree.addEventListener("toggle", () => { unfolded = tree.open; });
    put(element, heading, app.facts.index.description ? h("p", {}, app.facts.index.description) : null,
      tree, stages,
      h("h3", {}, "How its parts go together"), h("p", { class: "note" }, "Correlations of the scores among ranked ", app.facts.nouns, ", with these weights: 1 where two parts order them alike, 0 where they have nothing to do with each other. Parts of ", select), heat(app, open),
      h("h3", {}, "What the checks say"), findings, audit);
  };
  whenNarrowed(element, () => update(app.state));
  return { element, update };
};
