// What if: the scenarios that the index names, where they lead, and how sure that is.

import { h, put, s, say } from "./dom.js";
import { MISSING, fixed, ordinal, signed } from "./numbers.js";

const rankText = (rank) => (rank ? ordinal(rank) : MISSING);

const unitsTable = (app, outcome) => h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Before and after" }, h("table", {},
  h("thead", {}, h("tr", {}, ["", "Rank before", "Rank after", "Score before", "Score after", "Change"].map((title, at) => h("th", { scope: "col", class: at ? "n" : "" }, title || app.facts.noun)))),
  h("tbody", {}, outcome.units.map((one) => h("tr", { class: one.subject ? "subject" : "" },
    h("th", { scope: "row" }, one.name), one.ranks.map((rank) => h("td", { class: "n" }, rankText(rank))), one.scores.map((score) => h("td", { class: "n" }, fixed(score, 2))),
    h("td", { class: "n" }, one.scores[0] !== null && one.scores[1] !== null ? signed(one.scores[1] - one.scores[0], 2) : MISSING))))));

const chancesChart = (one) => {
  const most = Math.max(...one.chances.flatMap(([, before, after]) => [before ?? 0, after ?? 0]), 0.01);
  const width = 600 / Math.max(1, one.chances.length);
  return s("svg", { class: "picture", "data-name": `chances-${one.code}`, role: "img", viewBox: "0 0 640 180", "aria-label": `Chance of each rank of ${one.name}, before and after` },
    s("text", { x: 20, y: 12, class: "head" }, `${one.name}: the chance of each rank`),
    one.chances.flatMap(([rank, before, after], at) => [
      s("rect", { class: "was", x: (20 + at * width).toFixed(1), y: (150 - ((before ?? 0) / most) * 120).toFixed(1), width: (width * 0.42).toFixed(1), height: (((before ?? 0) / most) * 120).toFixed(1) }),
      s("rect", { class: "whole", x: (20 + at * width + width * 0.45).toFixed(1), y: (150 - ((after ?? 0) / most) * 120).toFixed(1), width: (width * 0.42).toFixed(1), height: (((after ?? 0) / most) * 120).toFixed(1) }),
      at % Math.ceil(one.chances.length / 20) === 0 ? s("text", { x: 20 + at * width + width / 2, y: 166, "text-anchor": "middle" }, String(rank)) : null,
    ]),
    s("rect", { class: "was", x: 470, y: 4, width: 9, height: 9 }), s("text", { x: 484, y: 12 }, "before"),
    s("rect", { class: "whole", x: 540, y: 4, width: 9, height: 9 }), s("text", { x: 554, y: 12 }, "after"));
};

const told = (app, outcome) => [
  h("p", { class: "lead" }, outcome.sentence),
  h("ul", { class: "acts" }, outcome.acts.map((act) => h("li", {}, act))),
  unitsTable(app, outcome),
  outcome.units.filter(({ subject, chances }) => subject && chances.length).map(chancesChart),
  outcome.findings.map((one) => h("p", { class: "note" }, `${one.sentence} ${one.remedy}`)),
];

const surely = (app, chosen, holder) => {
  const status = h("span", { class: "note", role: "status" });
  let running = null;
  const rest = () => { running = null; button.textContent = "How sure is that?"; };
  const button = h("button", { type: "button", onclick: () => {
    if (running) { running.cancel(); rest(); say(status, "Cancelled."); return; }
    button.textContent = "Cancel";
    running = app.ask("scenario", { name: chosen.name, view: app.facts.views[app.view].key, weights: app.state.weights }, (answer) => {
      if (answer.problem) { say(status, answer.problem); rest(); }
      if (answer.outcome) { put(holder, told(app, answer.outcome)); say(status, answer.draws ? `${answer.draws.toLocaleString("en-GB")} draws` : ""); }
      if (answer.done) rest();
    });
  } }, "How sure is that?");
  return h("div", { class: "tools" }, button, status);
};

export const scenarioView = (app) => {
  const { played, caveat } = app.facts.scenarios;
  const element = h("article", { class: "scenario" });
  let shown = "";
  const update = (state) => {
    const chosen = played.find(({ name }) => name === state.extra.scenario) ?? played[0];
    const key = `${chosen.name} ${app.view} ${JSON.stringify(state.weights)}`;
    if (key === shown) return;
    shown = key;
    const select = h("select", { "aria-label": "Scenario" }, played.map(({ name, title }) => h("option", { value: name, selected: name === chosen.name }, title)));
    select.addEventListener("change", () => app.set({ extra: { ...app.state.extra, scenario: select.value } }));
    const holder = h("div", { class: "outcome" }, chosen.problem ? h("p", {}, chosen.problem) : told(app, chosen));
    put(element, h("div", { class: "tools" }, select), h("h2", {}, chosen.title), chosen.note ? h("p", {}, chosen.note) : null,
      app.ask ? null : h("p", { class: "note" }, "This file holds what came of each scenario in the whole index with the published weights. The command rankscope explore plays it with others and says how sure it is."),
      holder, app.ask && !chosen.problem ? surely(app, chosen, holder) : null,
      app.ask ? h("p", { class: "note" }, "The first answer is that of the published weights in the whole index; how sure it is is asked with the weights on the left.") : null,
      h("p", { class: "note" }, caveat));
  };
  return { element, update };
};

