// The ranking: a table that is also a chart.

import { folded, h, mark, put, s, say } from "./dom.js";
import { MISSING, fixed, shared } from "./numbers.js";
import { parts } from "./evaluate.js";
import { slopeChart } from "./slope.js";

const BAR = 320;
const SPAN = 150;

const bars = (count) => {
  const rects = Array.from({ length: count }, (_, at) => s("rect", { y: 0, height: 14, class: `part p${at % 12}` }));
  return { svg: s("svg", { class: "bar", viewBox: `0 0 ${BAR} 14`, preserveAspectRatio: "none", "aria-hidden": "true" }, rects), rects };
};

const whisker = () => {
  const reach = s("line", { class: "reach", y1: 8, y2: 8 });
  const interval = s("line", { class: "interval", y1: 8, y2: 8 });
  const dot = s("circle", { class: "dot", cy: 8, r: 3.2 });
  return { svg: s("svg", { class: "span", viewBox: `0 0 ${SPAN} 16`, role: "img" }, reach, interval, dot), reach, interval, dot };
};

// A line of the table.  It shows another country when the order changes and stays where it is:
// to move hundreds of rows about would take longer than to draw them.
const line = (app) => {
  const one = { row: -1, drawn: null };
  const code = () => app.facts.units[one.row].code;
  one.rank = h("td", { class: "n rank" });
  one.change = h("td", { class: "n change" });
  one.pin = h("button", { type: "button", class: "pin", onclick: () => {
    const pinned = code();
    app.togglePin(pinned);
    document.querySelector(`tr[data-unit="${CSS.escape(pinned)}"] .pin`)?.focus();
  } }, h("span", { "aria-hidden": "true" }));
  one.name = h("a", { href: "#", onclick: (event) => { event.preventDefault(); app.set({ at: "country", unit: code() }); } });
  one.score = h("td", { class: "n score" });
  one.bar = h("td", { class: "chart" });
  one.tier = h("td", { class: "n tier" });
  one.span = whisker();
  one.tr = h("tr", {}, one.rank, one.change, h("th", { scope: "row" }, one.pin, one.name), one.score, one.bar, one.tier, h("td", { class: "firm" }, one.span.svg));
  return one;
};

const assign = (app, one, row) => {
  if (one.row === row) return;
  one.row = row;
  const unit = app.facts.units[row];
  say(one.name, unit.name);
  mark(one.tr, "data-unit", unit.code);
  mark(one.pin, "aria-label", `Pin ${unit.name}`);
};

// The lines on the screen and a few beyond it: the first and the one after the last.
const seen = (body, count) => {
  const { top, height } = body.getBoundingClientRect();
  const each = height / Math.max(1, body.rows.length) || 30;
  return [Math.max(0, Math.floor(-top / each) - 3), Math.min(count, Math.ceil((innerHeight - top) / each) + 3)];
};

const fits = (app, state, row) => {
  const unit = app.facts.units[row];
  if (state.pins.includes(unit.code)) return true;
  const query = folded(state.query);
  return query.split(/\s+/).every((word) => unit.search.includes(word))
    && app.facts.groupings.every(({ key, of }) => !state.filters[key] || of[row] === state.filters[key]);
};

// Rows in the order that is asked for: pinned first, then sorted, those without a score last.
export const ordered = (app, state) => {
  const at = app.focus(state);
  const by = state.sort === "name" || state.sort === "change" ? at : app.numberOf(state.sort) ?? at;
  const scores = app.scores[by];
  const ranks = app.ranksAt(by);
  const value = (row) => (state.sort === "change" ? -(app.baseRanks(at)[row] - app.ranksAt(at)[row]) : ranks[row] || (Number.isFinite(scores[row]) ? 1e6 : 2e6));
  const rows = app.facts.units.map((_, row) => row).filter((row) => fits(app, state, row));
  const pinned = (row) => (state.pins.includes(app.facts.units[row].code) ? 0 : 1);
  const name = (row) => app.facts.units[row].name;
  return rows.sort((a, b) => {
    const order = state.sort === "name" ? name(a).localeCompare(name(b)) : value(a) - value(b);
    return pinned(a) - pinned(b) || (state.down ? -order : order) || a - b;
  });
};

const legend = (app, at) => {
  const node = app.tree.nodes[at];
  const inside = node.children.length ? node.children : [at];
  return h("ul", { class: "legend" }, inside.map((child, place) => {
    const one = app.tree.nodes[child];
    const swatch = h("span", { class: `swatch p${place % 12}`, "aria-hidden": "true" });
    const opens = one.children.length && !one.children.every((below) => app.tree.nodes[below].side);
    return h("li", {}, swatch, opens
      ? h("button", { type: "button", class: "open", "aria-label": `Open ${one.name}: rank by it and see its parts`, onclick: () => app.set({ open: one.code, sort: "" }) }, one.name)
      : one.side ? `${one.name}` : one.name);
  }));
};

const trail = (app, at) => {
  const path = [];
  for (let node = at; node >= 0; node = app.tree.nodes[node].parent) path.unshift(node);
  return h("nav", { class: "trail", "aria-label": "Where in the tree" }, path.map((node, place) => [
    place ? " › " : null,
    node === at ? h("strong", {}, app.tree.nodes[node].name)
      : h("button", { type: "button", onclick: () => app.set({ open: node === app.root ? "" : app.tree.nodes[node].code, sort: "" }) }, app.tree.nodes[node].name),
  ]));
};

const HEADS = [
  ["", "Rank", "n"], ["change", "Change", "n"], ["name", "", ""], ["", "Score", "n"], [null, "Parts of the score", "chart"],
  [null, "Tier", "n tier"], [null, "How firm", "firm"],
];

const head = (app) => h("thead", {}, h("tr", {}, HEADS.map(([key, title, kind]) => {
  const text = key === "name" ? app.facts.noun[0].toUpperCase() + app.facts.noun.slice(1) : title;
  if (key === null) return h("th", { scope: "col", class: kind }, text);
  return h("th", { scope: "col", class: kind, "data-sort": key }, h("button", { type: "button", onclick: () => {
    const { sort, down } = app.state;
    app.set({ sort: key, down: sort === key ? !down : false });
  } }, text));
})));

const filters = (app) => {
  const find = h("input", { type: "search", "aria-label": `Find a ${app.facts.noun}`, placeholder: `Find a ${app.facts.noun}`, maxlength: 80 });
  find.addEventListener("input", () => app.set({ query: find.value }, true));
  find.addEventListener("change", () => app.set({ query: find.value }));
  const selects = app.facts.groupings.map(({ key, title, of }) => {
    const select = h("select", { "aria-label": title },
      h("option", { value: "" }, `${title}: all`), [...new Set(of)].filter(Boolean).sort().map((name) => h("option", { value: name }, name)));
    select.addEventListener("change", () => app.set({ filters: { ...app.state.filters, [key]: select.value } }));
    return { key, select };
  });
  const slope = h("button", { type: "button", onclick: () => app.set({ slope: !app.state.slope }) }, "Slope");
  const count = h("span", { class: "count" });
  const update = (state, found) => {
    if (document.activeElement !== find) find.value = state.query;
    for (const { key, select } of selects) select.value = state.filters[key] ?? "";
    mark(slope, "aria-pressed", state.slope);
    say(count, found < app.facts.units.length ? `${found} of ${app.facts.units.length}` : `${found} ${app.facts.nouns}`);
  };
  return { element: h("div", { class: "tools filters" }, find, selects.map((one) => one.select), slope, count), update };
};

const drawBar = (app, one, state, at, columns, low, high) => {
  const count = columns.length;
  if (one.drawn !== count) {
    const made = bars(count);
    one.rects = made.rects;
    one.drawn = count;
    put(one.bar, made.svg);
  }
  const scale = BAR / (high - low || 1);
  let x = 0;
  one.rects.forEach((rect, place) => {
    const width = Math.max(0, (columns[place][one.row] || 0) * scale);
    mark(rect, "x", x.toFixed(1));
    mark(rect, "width", Math.max(0, width - 0.6).toFixed(1));
    x += width;
  });
};

const drawFirm = (app, one, rank, frame) => {
  const { firm } = app;
  const shown = firm && firm.low[one.row] > 0;
  one.span.svg.toggleAttribute("hidden", !shown);
  say(one.tier, shown && firm.tiers ? String(firm.tiers[one.row] || "") : "");
  if (!shown) return;
  const most = frame.last;
  const x = (place) => (4 + ((place - 1) / Math.max(1, most - 1)) * (SPAN - 8)).toFixed(1);
  const { low, high, best, worst } = firm;
  mark(one.span.interval, "x1", x(low[one.row])); mark(one.span.interval, "x2", x(high[one.row]));
  const proved = best[one.row] > 0;
  one.span.reach.toggleAttribute("hidden", !proved);
  if (proved) { mark(one.span.reach, "x1", x(best[one.row])); mark(one.span.reach, "x2", x(worst[one.row])); }
  mark(one.span.dot, "cx", x(rank || most));
  const reach = proved ? `; while only weights vary never outside ${best[one.row]} to ${worst[one.row]}` : "";
  mark(one.span.svg, "aria-label", `9 of 10 designs put it between ${low[one.row]} and ${high[one.row]}${reach}`);
};

const drawRow = (app, one, state, at, frame) => {
  const ranks = frame.ranks;
  const rank = ranks[one.row];
  const before = frame.base[one.row];
  const moved = rank && before ? before - rank : 0;
  say(one.rank, frame.text(one.row));
  say(one.change, moved ? `${moved > 0 ? "▲" : "▼"}${Math.abs(moved)}` : "");
  mark(one.change, "class", `n change ${moved > 0 ? "up" : moved < 0 ? "down" : ""}`);
  say(one.score, fixed(app.scores[at][one.row], app.facts.decimals));
  mark(one.pin, "aria-pressed", state.pins.includes(app.facts.units[one.row].code));
  drawBar(app, one, state, at, frame.columns, frame.low, frame.high);
  if (at === app.root) drawFirm(app, one, rank, frame);
};

const frameOf = (app, at) => {
  const ranks = app.ranksAt(at);
  const taken = new Map();
  for (const rank of ranks) taken.set(rank, (taken.get(rank) ?? 0) + 1);
  let high = 0;
  for (const score of app.scores[at]) if (score > high) high = score;
  const own = parts(app.tree, at, app.scores, app.weights);
  return {
    ranks, last: ranks.reduce((most, rank) => Math.max(most, rank), 1), base: app.baseRanks(at), columns: own, low: 0, high: high || 1,
    text: (row) => (ranks[row] ? `${ranks[row]}${taken.get(ranks[row]) > 1 ? "=" : ""}` : MISSING),
  };
};

export const rankingView = (app) => {
  const lines = app.facts.units.map(() => line(app));
  const tools = filters(app);
  const body = h("tbody", {});
  const headRow = head(app);
  const table = h("table", { class: "ranking" }, h("caption", { class: "quiet" }, "Ranking"), headRow, body);
  const above = h("div", { class: "above" });
  const slope = h("div", { class: "slope" });
  const note = h("p", { class: "note firm-note" });
  const progress = h("progress", { max: 1, "aria-label": "How firm the ranks are" });
  const working = h("p", { class: "note working" }, "How firm are these ranks? ", progress, " ", h("button", { type: "button", onclick: () => app.stopFirming() }, "Cancel"));
  const element = h("div", {}, tools.element, above, slope, h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Ranking" }, table), note);
  tools.element.append(working);
  let shownAt = null;
  let later = 0;
  const update = (state, passing) => {
    const at = app.focus(state);
    if (shownAt !== at) { put(above, trail(app, at), legend(app, at)); shownAt = at; }
    const rows = ordered(app, state);
    const frame = frameOf(app, at);
    const draw = (from, to) => {
      for (let place = from; place < to; place += 1) {
        assign(app, lines[place], rows[place]);
        drawRow(app, lines[place], state, at, frame);
      }
    };
    clearTimeout(later);
    if (passing && body.rows.length === rows.length) {
      draw(...seen(body, rows.length)); // what nobody sees can wait until the slider rests
      later = setTimeout(() => draw(0, rows.length), 150);
    } else {
      draw(0, rows.length);
      if (body.rows.length !== rows.length) put(body, rows.map((_, place) => lines[place].tr));
    }
    table.classList.toggle("inner", at !== app.root || !app.firm);
    table.classList.toggle("untiered", !app.firm?.tiers);
    for (const th of headRow.querySelectorAll("[data-sort]")) {
      if (th.dataset.sort === state.sort && (th.dataset.sort || th.textContent === "Rank")) mark(th, "aria-sort", state.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
    tools.update(state, rows.length);
    slope.hidden = !state.slope;
    if (state.slope) put(slope, slopeChart(app, rows, frame));
    working.hidden = app.firming === null;
    if (app.firming !== null) progress.value = app.firming;
    say(note, app.firmNote());
  };
  return { element, update };
};

export const plainTable = (app, state) => {
  const at = app.focus(state);
  const ranks = app.ranksAt(at);
  return ordered(app, state).map((row) => ({
    rank: ranks[row] || null, published_rank: app.baseRanks(at)[row] || null, unit: app.facts.units[row].code, name: app.facts.units[row].name,
    ...Object.fromEntries(app.tree.nodes.map((node, number) => [node.side ? `${node.code}.${node.side}` : node.code, Number.isFinite(app.scores[number][row]) ? app.scores[number][row] : null]).reverse()),
  }));
};

export const tied = shared;
