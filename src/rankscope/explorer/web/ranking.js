// The ranking: a table that is also a chart.

import { folded, h, mark, put, say, whenNarrowed } from "./dom.js";
import { MISSING, fixed, shared } from "./numbers.js";
import { parts } from "./evaluate.js";
import { slopeChart } from "./slope.js";
import { changedWeights } from "./weights.js";

const SPAN = 110;
const COLOURS = 12;

// The parts of a bar as one gradient: a picture of its own for every part of every line would
// take most of the time between a slider and what is seen.
const gradient = (shares) => {
  let from = 0;
  const stops = shares.map((share, place) => {
    const to = from + share * 100;
    const stop = `var(--p${place % COLOURS}) ${from.toFixed(2)}% calc(${to.toFixed(2)}% - 1px),var(--paper) 0 ${to.toFixed(2)}%`;
    from = to;
    return stop;
  });
  return `linear-gradient(to right,${stops.join(",")},transparent ${from.toFixed(2)}%)`;
};

// Dot, thick line and thin line of how firm a rank is, as backgrounds: where they lie.
const whisker = (x, dot, low, high, best, worst) => ({
  backgroundPosition: `${x(dot) - 4}px 4px,${x(low) - 2}px 6px,${x(best)}px 7px`,
  backgroundSize: `8px 8px,${x(high) - x(low) + 4}px 4px,${best > 0 ? Math.max(1, x(worst) - x(best)) : 0}px 2px`,
});

// A line of the table.  It shows another country when the order changes and stays where it is:
// to move hundreds of rows about would take longer than to draw them.
const line = (app) => {
  const one = { row: -1, drawn: "" };
  const code = () => app.facts.units[one.row].code;
  const cell = (kind, ...inside) => h("td", { class: kind, role: "cell" }, ...inside);
  one.rank = cell("n rank");
  one.change = cell("n change");
  one.pin = h("button", { type: "button", class: "pin", onclick: () => {
    const pinned = code();
    app.togglePin(pinned);
    document.querySelector(`tr[data-unit="${CSS.escape(pinned)}"] .pin`)?.focus();
  } }, h("span", { "aria-hidden": "true" }));
  one.name = h("a", { href: "#", onclick: (event) => { event.preventDefault(); app.set({ at: "country", unit: code() }); } });
  one.score = cell("n score");
  one.bar = h("div", { class: "bar", "aria-hidden": "true" });
  one.tier = cell("n tier");
  one.span = h("div", { class: "span", role: "img" });
  one.range = h("span", { class: "range" });
  one.firm = cell("firm", one.range, one.span);
  one.tr = h("tr", { role: "row" }, one.rank, one.change, h("th", { class: "who", role: "rowheader" }, one.pin, one.name), one.score, cell("chart", one.bar), one.tier, one.firm);
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
  ["", "Rank", "n rank"], ["change", "Change", "n change"], ["name", "", "who"], ["", "Score", "n score"], [null, "Parts of the score", "chart"],
  [null, "Tier", "n tier"], [null, "Range of ranks", "firm"],
];

const head = (app) => h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, HEADS.map(([key, title, kind]) => {
  const text = key === "name" ? app.facts.noun[0].toUpperCase() + app.facts.noun.slice(1) : title;
  if (key === null) return h("th", { role: "columnheader", class: kind }, text);
  return h("th", { role: "columnheader", class: kind, "data-sort": key }, h("button", { type: "button", onclick: () => {
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
  const slope = h("button", { type: "button", onclick: () => app.set({ slope: !app.state.slope }) }, "Who moved");
  const count = h("span", { class: "count" });
  const update = (state, found) => {
    if (document.activeElement !== find) find.value = state.query;
    for (const { key, select } of selects) select.value = state.filters[key] ?? "";
    mark(slope, "aria-pressed", state.slope);
    say(count, found < app.facts.units.length ? `${found} of ${app.facts.units.length}` : `${found} ${app.facts.nouns}`);
  };
  return { element: h("div", { class: "tools filters" }, find, selects.map((one) => one.select), slope, count), update };
};

const drawBar = (one, columns, high) => {
  const picture = gradient(columns.map((column) => Math.max(0, column[one.row] || 0) / high));
  if (one.drawn !== picture) one.bar.style.backgroundImage = picture;
  one.drawn = picture;
};

const drawFirm = (app, one, rank, frame) => {
  const { firm } = app;
  const shown = firm && firm.low[one.row] > 0;
  one.span.toggleAttribute("hidden", !shown);
  say(one.tier, shown && firm.tiers ? String(firm.tiers[one.row] || "") : "");
  const [low, high, best, worst] = shown ? ["low", "high", "best", "worst"].map((key) => firm[key][one.row]) : [];
  say(one.range, shown ? (low === high ? `${low}` : `${low}–${high}`) : "");
  if (!shown) return;
  const most = frame.last;
  const x = (place) => Math.round(4 + ((place - 1) / Math.max(1, most - 1)) * (SPAN - 8));
  const drawn = [most, rank, low, high, best, worst].join();
  if (one.spanned === drawn) return;
  one.spanned = drawn;
  Object.assign(one.span.style, whisker(x, rank || most, low, high, best, worst));
  const told = `9 of 10 designs put it between ${low} and ${high}${best > 0 ? `; while only weights vary never outside ${best} to ${worst}` : ""}`;
  mark(one.span, "aria-label", told);
  mark(one.firm, "title", told);
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
  drawBar(one, frame.columns, frame.high);
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
    ranks, last: ranks.reduce((most, rank) => Math.max(most, rank), 1), base: app.baseRanks(at), columns: own, high: high || 1,
    text: (row) => (ranks[row] ? `${ranks[row]}${taken.get(ranks[row]) > 1 ? "=" : ""}` : MISSING),
  };
};

export const rankingView = (app) => {
  const lines = app.facts.units.map(() => line(app));
  const tools = filters(app);
  const body = h("tbody", { role: "rowgroup" });
  const headRow = head(app);
  // Its lines are grids, so that each is laid out alone and only when it is seen: roles are named.
  const table = h("table", { class: "ranking", role: "table", "aria-label": "Ranking" }, headRow, body);
  const above = h("div", { class: "above" });
  const slope = h("div", { class: "slope" });
  const note = h("p", { class: "note firm-note" });
  const progress = h("progress", { max: 1, "aria-label": "How firm the ranks are" });
  const working = h("p", { class: "note working" }, "Working out how firm these ranks are ", progress, " ", h("button", { type: "button", onclick: () => app.stopFirming() }, "Cancel"));
  const element = h("div", {}, tools.element, above, slope, table, note);
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
    if (state.slope) put(slope, changedWeights(app, state) ? null : h("p", { class: "note" }, "Nobody moved: these are the published weights. Change one, and lines show who rises and who falls."), slopeChart(app, rows, frame));
    working.hidden = app.firming === null;
    if (app.firming !== null) progress.value = app.firming;
    say(note, app.firmNote());
  };
  whenNarrowed(element, () => update(app.state));
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
