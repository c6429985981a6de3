// The page: state in, views out.

import { announce, h, mark, put, say } from "./dom.js";
import { asking, fetched, firmnessOf } from "./ask.js";
import { evaluate, ranksOf, readied } from "./evaluate.js";
import { timeline } from "./state.js";
import { csvOf, definitionOf, savePng, saved, svgText } from "./downloads.js";
import { changedWeights, weightsFor, weightsPanel } from "./weights.js";
import { plainTable, rankingView } from "./ranking.js";
import { countryView } from "./country.js";
import { compareView } from "./compare.js";
import { mapView } from "./map.js";
import { methodView } from "./method.js";
import { scenarioView } from "./scenario.js";
import { checkView } from "./check.js";

const VIEWS = [
  { key: "ranking", title: "Ranking", make: rankingView, weighs: true },
  { key: "country", title: "Country", make: countryView, weighs: true },
  { key: "compare", title: "Compare", make: compareView, weighs: true },
  { key: "map", title: "Map", make: mapView, weighs: true, offered: (facts) => facts.map !== null },
  { key: "scenario", title: "What if", make: scenarioView, weighs: true, offered: (facts) => facts.scenarios !== null },
  { key: "check", title: "Check", make: checkView, weighs: false, offered: (facts) => facts.live },
  { key: "method", title: "Method", make: methodView, weighs: true },
];

const offered = (facts) => VIEWS.filter((view) => !view.offered || view.offered(facts));

const HINTS = [
  "Move a weight on the left: the ranking follows at once.",
  "Click a country to see what lifts it and what holds it back.",
  "Everything you see stands in the address: copy it to share it.",
];

const application = (facts) => {
  const tree = readied(facts.tree);
  const edges = new Map();
  tree.nodes.forEach((node, number) => { if (!node.side) edges.set(node.code, number); });
  const app = {
    facts, tree, edges, root: tree.nodes.length - 1, firmness: facts.firmness,
    rowOf: new Map(facts.units.map((unit, row) => [unit.code, row])),
    viewOf: (state) => Math.max(0, facts.views.findIndex(({ key }) => key === state.view)),
    isFree: (edge) => tree.nodes[edge].parent >= 0 && !tree.nodes[tree.nodes[edge].parent].held,
    numberOf: (code) => (code ? edges.get(code) : undefined),
    focus: (state) => app.numberOf(state.open) ?? app.root,
    indicatorNodes: [...new Set(facts.indicators.map(({ node }) => (tree.nodes[node].side ? tree.nodes[node].parent : node)))],
    isAggregate: (node) => tree.nodes[node].children.some((child) => !tree.nodes[child].side),
    ordered: () => {
      const ranks = app.ranksAt(app.root);
      return facts.units.map((_, row) => row).filter((row) => ranks[row]).sort((a, b) => ranks[a] - ranks[b] || a - b);
    },
    ranksAt(node) { return (app.ranks[node] ??= ranksOf(app.scores[node], tree.rule, app.view)); },
    baseRanks(node) {
      const known = (app.base[app.view] ??= { scores: evaluate(tree, tree.weights[app.view], app.view), ranks: [] });
      return (known.ranks[node] ??= ranksOf(known.scores[node], tree.rule, app.view));
    },
    baseScores(node) { app.baseRanks(node); return app.base[app.view].scores[node]; },
    base: {},
    compute(state) {
      app.view = app.viewOf(state);
      app.weights = weightsFor(app, state);
      app.scores = evaluate(tree, app.weights, app.view);
      app.ranks = [];
    },
    set: (change, passing) => app.line.set(change, passing),
    get state() { return app.line.state; },
    togglePin(code) {
      const { pins } = app.state;
      app.set({ pins: pins.includes(code) ? pins.filter((one) => one !== code) : [...pins, code] });
    },
    headline() {
      const ranks = app.ranksAt(app.root);
      const first = ranks.indexOf(1);
      return first < 0 ? "" : `First is ${facts.units[first].name}.`;
    },
    // Intervals are those of the whole index; other views have none.
    get firm() { return app.view === 0 && app.firmness && !app.firmness.problem ? app.firmness : null; },
    ask: facts.live ? asking : null,
    firming: null,
    firmNote() {
      const firm = app.firmness;
      if (!firm) return "";
      if (app.view) return `How firm ranks are is worked out for the whole: choose ${facts.views[0].title}.`;
      if (firm.problem) return `How firm the ranks are is not known: ${firm.problem}`;
      const of = !facts.live && changedWeights(app, app.state) ? " They are those of the published weights." : "";
      const proved = firm.best.some(Boolean) ? " The thin line is proved: no weights of the set lead beyond it." : "";
      const tiers = firm.tiers ? ` ${facts.nouns[0].toUpperCase()}${facts.nouns.slice(1)} of one tier can not be told apart.` : "";
      return `The thick line holds 9 of 10 ranks in ${firm.draws.toLocaleString("en-GB")} defensible designs.${proved}${tiers}${of}`;
    },
  };
  return app;
};

const command = (app) => {
  const { index, views } = app.facts;
  const view = views.length > 1 && app.view ? ` --view ${views[app.view].key}` : "";
  const at = app.focus(app.state) === app.root ? "" : ` --node ${app.tree.nodes[app.focus(app.state)].code}`;
  const named = changedWeights(app, app.state) ? `${index.name}-weights.yaml` : index.command;
  return `rankscope rank ${named}${view}${at}`;
};

const downloads = (app) => {
  const name = app.facts.index.name;
  const item = (title, action) => h("li", {}, h("button", { type: "button", onclick: action }, title));
  const pictures = () => [...document.querySelectorAll("#view svg.picture")].filter((one) => one.getClientRects().length);
  const line = h("code", { class: "command", tabindex: 0 });
  const list = h("ul", {});
  const details = h("details", { class: "menu" }, h("summary", {}, "Save"), h("div", {}, list, h("p", {}, "The same on the command line:"), line));
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    say(line, command(app));
    put(list,
      item("Table as CSV", () => saved(`${name}.csv`, "text/csv;charset=utf-8", csvOf(plainTable(app, app.state)))),
      item("Table as JSON", () => saved(`${name}.json`, "application/json", `${JSON.stringify(plainTable(app, app.state), null, 1)}\n`)),
      app.facts.live ? item("Workbook with these weights (Excel)", async () => {
        try { saved(`${name}.xlsx`, "", await fetched("save/workbook", { weights: app.state.weights })); } catch (failed) { announce(failed.message); }
      }) : null,
      item("Definition with these weights (YAML)", () => saved(`${name}-weights.yaml`, "text/yaml;charset=utf-8", definitionOf(app.facts.template, app.weights))),
      pictures().flatMap((svg) => [
        item(`Picture ${svg.dataset.name} as SVG`, () => saved(`${name}-${svg.dataset.name}.svg`, "image/svg+xml", svgText(svg))),
        item(`Picture ${svg.dataset.name} as PNG`, () => savePng(`${name}-${svg.dataset.name}`, svg)),
      ]));
  });
  return details;
};

const header = (app) => {
  const { index, views } = app.facts;
  const tabs = offered(app.facts).map(({ key, title }) => h("button", { type: "button", "data-at": key, onclick: () => app.set({ at: key }) }, title));
  const kinds = views.map(({ key, title }, at) => h("button", { type: "button", onclick: () => app.set({ view: at ? key : "" }) }, title));
  const undo = h("button", { type: "button", "aria-label": "Undo", onclick: () => app.line.undo() }, "↶");
  const redo = h("button", { type: "button", "aria-label": "Redo", onclick: () => app.line.redo() }, "↷");
  const copy = h("button", { type: "button", onclick: async () => {
    try { await navigator.clipboard.writeText(location.href); announce("The address is copied."); } catch { announce("Copy the address from the browser's bar."); }
  } }, "Copy link");
  const element = h("header", {},
    h("div", { class: "titles" }, h("h1", {}, index.title), h("p", {}, `Edition ${index.edition}`)),
    h("nav", { class: "tabs", "aria-label": "Views" }, tabs),
    h("div", { class: "tools" }, views.length > 1 ? h("div", { class: "switch", role: "group", "aria-label": "Which ranking" }, kinds) : null, undo, redo, copy, downloads(app)));
  const update = (state) => {
    for (const tab of tabs) mark(tab, "aria-current", tab.dataset.at === app.at ? "page" : "false");
    kinds.forEach((button, at) => mark(button, "aria-pressed", at === app.view));
    undo.disabled = !app.line.canUndo;
    redo.disabled = !app.line.canRedo;
    document.title = `${index.title}: ${VIEWS.find(({ key }) => key === app.at).title.toLowerCase()}`;
  };
  return { element, update };
};

const hints = () => {
  const key = "rankscope-hints";
  try { if (localStorage.getItem(key)) return null; } catch { /* asked again then */ }
  const element = h("aside", { class: "hints", "aria-label": "How to begin" }, h("ol", {}, HINTS.map((hint) => h("li", {}, hint))));
  element.append(h("button", { type: "button", onclick: () => {
    element.remove();
    try { localStorage.setItem(key, "1"); } catch { /* asked again then */ }
  } }, "Got it"));
  return element;
};

const start = () => {
  const facts = JSON.parse(document.getElementById("facts-of-page").textContent);
  const app = application(facts);
  const made = new Map();
  const panel = weightsPanel(app);
  const top = header(app);
  const holder = h("div", { id: "view" });
  const side = h("details", { class: "side", open: matchMedia("(min-width: 60rem)").matches }, h("summary", {}, "Weights"), panel.element);
  const main = h("main", { id: "main", tabindex: -1 }, side, holder);
  const show = (state, passing = false) => {
    app.compute(state);
    const view = offered(facts).find(({ key }) => key === state.at) ?? VIEWS[0];
    app.at = view.key;
    if (!made.has(view.key)) made.set(view.key, view.make(app));
    const { element, update } = made.get(view.key);
    if (holder.firstChild !== element) put(holder, element);
    side.hidden = !view.weighs;
    const held = holder.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
    update(state, passing);
    if (held && !holder.contains(document.activeElement)) holder.querySelector(`[aria-label="${CSS.escape(held)}"]`)?.focus();
    panel.update(state, passing);
    top.update(state);
  };
  const firming = facts.live ? firmnessOf(app, () => show(app.state)) : null;
  app.stopFirming = () => { firming?.cancel(); show(app.state); };
  app.line = timeline((state, passing) => {
    firming?.update(state, passing);
    show(state, passing);
  });
  put(document.getElementById("app"), top.element, hints(), main, h("p", { id: "told", class: "quiet", role: "status" }));
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || event.target.matches("input[type=text],input[type=search],textarea")) return;
    event.preventDefault();
    if (event.shiftKey) app.line.redo(); else app.line.undo();
  });
  firming?.update(app.state, false);
  show(app.state);
};

start();
