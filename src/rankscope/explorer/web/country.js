// One country: where it stands, what lifts it, what holds it back, and every value behind that.

import { cut, h, narrow, put, s, whenNarrowed } from "./dom.js";
import { contributions, effective } from "./evaluate.js";
import { MISSING, figure, fixed, ordinal, percent, shared, signed } from "./numbers.js";

const STATUS = { missing: "no value", censored: "too small to be published", absent: "not on a complete list: counts as zero", observed: "", imputed: "imputed" };

export const chooser = (app, label, chosen, change) => {
  const options = app.facts.units.map(({ code, name }) => ({ code, name })).sort((a, b) => a.name.localeCompare(b.name));
  const select = h("select", { "aria-label": label, value: chosen }, options.map(({ code, name }) => h("option", { value: code, selected: code === chosen }, name)));
  select.addEventListener("change", () => change(select.value));
  return select;
};

const PEERS = [["income", "the same income group"], ["region", "the same region"], ["rank", "the ten nearest in rank"], ["pins", "the pinned"]];

const nearest = (app, row) => {
  const order = app.ordered();
  const at = order.indexOf(row);
  if (at < 0) return order;
  return [...order.slice(Math.max(0, at - 5), at), ...order.slice(at + 1, at + 6)];
};

// Who a country is compared with: those that are ranked and share a group, or stand near it.
export const peersOf = (app, row, by) => {
  const ranked = app.ordered();
  if (by === "pins") return app.state.pins.map((code) => app.rowOf.get(code)).filter((one) => one !== undefined && one !== row);
  const grouping = app.facts.groupings.find(({ key }) => key === by);
  if (!grouping || !grouping.of[row]) return nearest(app, row);
  return ranked.filter((one) => one !== row && grouping.of[one] === grouping.of[row]);
};

const median = (values) => {
  const sorted = values.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
  if (!sorted.length) return NaN;
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

// How many points of the whole each indicator lies above the peers' median, the best first.
export const differences = (app, row, peers) => {
  const reach = effective(app.tree, app.weights);
  return app.indicatorNodes.map((number) => {
    const own = app.scores[number][row];
    const middle = median(peers.map((peer) => app.scores[number][peer]));
    return { number, points: reach[number] * (own - middle), own, middle };
  }).filter(({ points }) => Number.isFinite(points)).sort((a, b) => b.points - a.points);
};

const differenceBars = (app, row, peers) => {
  const all = differences(app, row, peers);
  const shown = [...all.filter(({ points }) => points > 0).slice(0, 5), ...all.filter(({ points }) => points < 0).slice(-5)];
  const most = Math.max(...shown.map(({ points }) => Math.abs(points)), 1e-9);
  const small = narrow();
  const [width, each, drop, zero, longest] = small ? [360, 38, 16, 180, 130] : [640, 22, 0, 480, 150];
  return s("svg", { class: "picture", "data-name": "strengths", role: "img", viewBox: `0 0 ${width} ${shown.length * each + 10}`, "aria-label": "Strengths and weaknesses in points of the score" },
    shown.map(({ number, points }, at) => {
      const y = at * each + 6;
      const length = (Math.abs(points) / most) * longest;
      const name = cut(app.tree.nodes[number].name, 52);
      return [
        s("text", small ? { x: 0, y: y + 10 } : { x: 318, y: y + 12, "text-anchor": "end" }, name),
        s("rect", { class: points > 0 ? "gain" : "loss", x: points > 0 ? zero : zero - length, y: y + drop + 1, width: length.toFixed(1), height: 14 }),
        s("text", { x: points > 0 ? zero - 6 : zero + 6, y: y + drop + 12, "text-anchor": points > 0 ? "end" : "start" }, signed(points, 1)),
      ];
    }));
};

const profile = (app, row) => {
  const parts = contributions(app.tree, app.scores, app.weights, row);
  const reach = effective(app.tree, app.weights);
  const lines = [];
  const walk = (number, level) => {
    const node = app.tree.nodes[number];
    if (node.side) return;
    lines.push(h("tr", {},
      h("th", { scope: "row", class: `level${Math.min(level, 4)}` }, node.name),
      h("td", { class: "n" }, fixed(app.scores[number][row], app.facts.decimals)),
      h("td", { class: "n" }, shared(app.ranksAt(number), row)),
      h("td", { class: "n" }, percent(reach[number])),
      h("td", { class: "n" }, fixed(parts[number], 1))));
    if (app.isAggregate(number)) for (const child of node.children) walk(child, level + 1);
  };
  walk(app.root, 0);
  return lines;
};

const valuesOf = (app, row) => app.facts.indicators.filter(({ node }) => app.tree.nodes[node].side !== "intensity" || !app.tree.nodes[app.tree.nodes[node].parent].children.some((one) => app.tree.nodes[one].side === "scale")).map((one) => {
  const named = app.tree.nodes[ownNode(app, one.node)];
  const source = app.facts.sources[one.source];
  const filled = one.imputed[row];
  const status = filled !== null ? "imputed" : one.status[row];
  const value = filled !== null ? `${figure(filled, one.decimals)} (imputed)` : figure(one.raw[row], one.decimals);
  return { name: named.name, value, unit: one.unit ?? "", year: one.years[row] || "", source, status };
});

const ownNode = (app, leaf) => (app.tree.nodes[leaf].side ? app.tree.nodes[leaf].parent : leaf);

const sourceLink = (source) => {
  if (!source) return MISSING;
  const text = `${source.publisher}: ${source.title}`;
  return source.address ? h("a", { href: source.address, rel: "noopener noreferrer", target: "_blank" }, text) : text;
};

const summary = (app, row) => {
  const unit = app.facts.units[row];
  const rank = app.ranksAt(app.root)[row];
  const of = app.ordered().length;
  const gone = valuesOf(app, row).filter(({ status }) => status !== "observed");
  const all = valuesOf(app, row).length;
  const missing = gone.filter(({ status }) => status === "missing" || status === "censored").length;
  const imputed = gone.filter(({ status }) => status === "imputed").length;
  const place = rank ? `${ordinal(rank)} of ${of}, score ${fixed(app.scores[app.root][row], app.facts.decimals)}.` : `Not ranked: ${unit.why || "no score with these weights"}.`;
  const firm = app.firm?.low[row] ? ` 9 of 10 defensible designs of the index put it between ${ordinal(app.firm.low[row])} and ${ordinal(app.firm.high[row])}.` : "";
  return h("div", {}, h("p", { class: "lead" }, `${place}${firm}`),
    h("p", { class: missing || imputed ? "gaps" : "note" }, missing || imputed ? `Of its ${all} figures ${[missing ? `${missing} ${missing === 1 ? "is" : "are"} missing` : "", imputed ? `${imputed} ${imputed === 1 ? "is" : "are"} imputed, that is estimated` : ""].filter(Boolean).join(" and ")}.` : `None of its ${all} figures is missing or imputed.`));
};

export const countryView = (app) => {
  const element = h("article", { class: "country" });
  const update = (state) => {
    const code = app.rowOf.has(state.unit) ? state.unit : app.facts.units[app.ordered()[0] ?? 0].code;
    const row = app.rowOf.get(code);
    const kinds = PEERS.filter(([key]) => key === "rank" || (key === "pins" ? state.pins.length : app.facts.groupings.some((one) => one.key === key)));
    const by = kinds.some(([key]) => key === state.extra.peers) ? state.extra.peers : kinds[0][0];
    const select = h("select", { "aria-label": "Peers" }, kinds.map(([key, words]) => h("option", { value: key, selected: key === by }, words)));
    select.addEventListener("change", () => app.set({ extra: { ...app.state.extra, peers: select.value } }));
    const peers = peersOf(app, row, by);
    put(element,
      h("div", { class: "tools" }, chooser(app, `Which ${app.facts.noun}`, code, (unit) => app.set({ unit })),
        h("button", { type: "button", onclick: () => app.set({ at: "compare", with: [code, app.facts.units[peers[0] ?? row].code] }) }, "Compare")),
      h("h2", {}, app.facts.units[row].name), summary(app, row),
      h("h3", {}, "What lifts it and what holds it back"),
      h("p", { class: "note" }, "In points of the score, against the median of ", select, ` (${peers.length})`),
      peers.length ? differenceBars(app, row, peers) : h("p", { class: "note" }, "There is nobody to compare it with."),
      h("h3", {}, "Where it stands"), h("p", { class: "note" }, "Weight is the share in the whole; points are what a part adds to the score."),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Where it stands" }, h("table", {}, h("thead", {}, h("tr", {}, ["Part", "Score", "Rank", "Weight", "Points"].map((title, at) => h("th", { scope: "col", class: at ? "n" : "" }, title)))), h("tbody", {}, profile(app, row)))),
      h("h3", {}, "Every figure"),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Every figure" }, h("table", { class: "figures", role: "table" }, h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Indicator", "Value", "Unit", "Year", "Source", "Note"].map((title, at) => h("th", { role: "columnheader", class: at === 1 ? "n" : "" }, title)))),
        h("tbody", { role: "rowgroup" }, valuesOf(app, row).map((one) => h("tr", { role: "row", class: `is-${one.status}` }, h("th", { role: "rowheader" }, one.name), h("td", { role: "cell", class: "n" }, one.value), h("td", { role: "cell", class: "unit" }, one.unit), h("td", { role: "cell", class: "year" }, String(one.year)), h("td", { role: "cell", class: "source" }, sourceLink(one.source)), h("td", { role: "cell", class: "status" }, STATUS[one.status])))))));
  };
  whenNarrowed(element, () => update(app.state));
  return { element, update };
};
