// Countries side by side: where the difference between them comes from, and what would turn it.

import { cut, h, narrow, put, s, whenNarrowed } from "./dom.js";
import { contributions } from "./evaluate.js";
import { fixed, percent, shared, signed } from "./numbers.js";
import { chooser } from "./country.js";

const SEVERAL = 5;

const chosen = (app, state) => {
  const known = [...new Set(state.with)].filter((code) => app.rowOf.has(code)).slice(0, SEVERAL);
  for (const row of app.ordered()) if (known.length < 2 && !known.includes(app.facts.units[row].code)) known.push(app.facts.units[row].code);
  return known;
};

// The nodes that a difference is taken apart into: the children of the root, or theirs.
export const steps = (app, depth) => {
  let level = [app.root];
  for (let at = 0; at < depth; at += 1) level = level.flatMap((number) => (app.isAggregate(number) ? app.tree.nodes[number].children : [number]));
  return level;
};

export const gaps = (app, first, second, depth) => {
  const [a, b] = [first, second].map((row) => contributions(app.tree, app.scores, app.weights, row));
  return steps(app, depth).map((number) => ({ number, difference: a[number] - b[number] }));
};

const waterfall = (app, rows, depth) => {
  const [first, second] = rows;
  const found = gaps(app, first, second, depth).sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  const whole = found.reduce((sum, { difference }) => sum + difference, 0);
  let low = 0;
  let high = 0;
  let sum = 0;
  for (const { difference } of found) { sum += difference; low = Math.min(low, sum); high = Math.max(high, sum); }
  const small = narrow();
  const [width, each, drop, left, longest] = small ? [360, 38, 16, 0, 300] : [640, 24, 0, 250, 300];
  const scale = longest / (high - low || 1);
  const x = (value) => left + (value - low) * scale;
  let from = 0;
  const bar = (name, start, end, at, kind) => {
    const y = at * each + 8;
    const right = Math.max(x(start), x(end));
    return [
      s("text", small ? { x: 0, y: y + 10 } : { x: 240, y: y + 12, "text-anchor": "end" }, cut(name, small ? 52 : 38)),
      s("rect", { class: kind, x: Math.min(x(start), x(end)).toFixed(1), y: y + drop, width: Math.max(1, Math.abs(x(end) - x(start))).toFixed(1), height: 16 }),
      s("text", { x: right + 5, y: y + drop + 12 }, signed(end - start, 2)),
    ];
  };
  const bars = found.map(({ number, difference }, at) => {
    const drawn = bar(app.tree.nodes[number].name, from, from + difference, at, difference >= 0 ? "gain" : "loss");
    from += difference;
    return drawn;
  });
  bars.push(bar("Difference", 0, whole, found.length, "whole"));
  return s("svg", { class: "picture", "data-name": "difference", role: "img", viewBox: `0 0 ${width} ${bars.length * each + 12}`, "aria-label": `The difference between ${app.facts.units[first].name} and ${app.facts.units[second].name}, part by part` },
    s("line", { class: "move", x1: x(0), x2: x(0), y1: 0, y2: bars.length * each + 8 }), bars);
};

// The weight of one top part that would make two units equal, the others keeping their
// proportions: only where the whole is a mean of parts that both have.
export const turning = (app, first, second) => {
  const node = app.tree.nodes[app.root];
  if (node.held || node.chart?.kind !== "identity" || !node.shares) return null;
  const parts = node.children.filter((child) => app.weights[child] > 0);
  if ([first, second].some((row) => parts.some((child) => Number.isNaN(app.scores[child][row])))) return null;
  const total = parts.reduce((sum, child) => sum + app.weights[child], 0);
  const gap = (child) => app.scores[child][first] - app.scores[child][second];
  return parts.map((child) => {
    const share = app.weights[child] / total;
    const rest = share < 1 ? parts.filter((one) => one !== child).reduce((sum, one) => sum + (app.weights[one] / total) * gap(one), 0) / (1 - share) : 0;
    const wanted = rest / (rest - gap(child));
    return { child, share, wanted };
  }).filter(({ wanted }) => wanted >= 0 && wanted <= 1).sort((a, b) => Math.abs(a.wanted - a.share) - Math.abs(b.wanted - b.share));
};

const turned = (app, rows) => {
  const [first, second] = rows;
  const names = rows.map((row) => app.facts.units[row].name);
  const found = turning(app, first, second);
  if (!found) return h("p", {}, "The weight that would do it can not be worked out here: one of them lacks a part, or the whole is not a plain weighted mean.");
  if (!found.length) return h("p", {}, `No change of one top weight alone brings ${names[0]} and ${names[1]} level.`);
  const [best] = found;
  const part = app.tree.nodes[best.child].name;
  return h("p", {}, `${names[0]} and ${names[1]} are equal once ${part} weighs ${percent(best.wanted)} instead of ${percent(best.share)}, the other parts keeping their proportions. Beyond that the order turns.`,
    h("small", {}, " Among changes of one top part that is the smallest."));
};

// The smallest change of all top weights together, which only the server can work out.
const smallest = (app, codes) => {
  const holder = h("div", {});
  const show = (answer) => {
    if (answer.problem) { put(holder, h("p", {}, answer.problem)); return; }
    if (answer.done || answer.possible === undefined) return;
    const { lower, higher, fewest, findings } = answer;
    const moves = (fewest?.moves ?? []).map(({ name, before, tie }) => `${name} from ${percent(before)} to ${percent(tie)}`).join(", ");
    put(holder,
      h("p", {}, fewest ? `${lower} passes ${higher} when ${fixed(fewest.points * 100, 1)} points of weight move: ${moves}.` : `No weights of the top parts put ${lower} above ${higher}.`),
      fewest ? h("button", { type: "button", onclick: () => app.set({ weights: { ...app.state.weights, ...fewest.weights } }) }, "Show it with these weights") : null,
      findings.map((sentence) => h("p", { class: "note" }, sentence)));
  };
  const button = h("button", { type: "button", onclick: () => {
    put(holder, h("p", { class: "note" }, "One moment."));
    app.ask("turn", { first: codes[0], second: codes[1], view: app.facts.views[app.view].key, weights: app.state.weights }, show);
  } }, "Find the smallest change of all weights");
  return h("div", { class: "turning" }, button, holder);
};

const sideBySide = (app, rows) => {
  const parts = steps(app, 1);
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Side by side" }, h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Part"), rows.map((row) => h("th", { scope: "col", class: "n" }, app.facts.units[row].name)))),
    h("tbody", {}, [app.root, ...parts.flatMap((part) => [part, ...(app.isAggregate(part) ? app.tree.nodes[part].children : [])])].map((number) => h("tr", {},
      h("th", { scope: "row", class: number === app.root ? "level0" : parts.includes(number) ? "level1" : "level2" }, app.tree.nodes[number].name),
      rows.map((row) => h("td", { class: "n" }, `${fixed(app.scores[number][row], app.facts.decimals)} `, h("small", {}, `(${shared(app.ranksAt(number), row)})`))))))));
};

export const compareView = (app) => {
  const element = h("article", { class: "compare" });
  let asked = "";
  let answered = null; // an answer outlives the drawing of what stands around it
  const update = (state) => {
    const codes = chosen(app, state);
    const rows = codes.map((code) => app.rowOf.get(code));
    const depth = state.extra.depth === "1" ? 1 : 2;
    const key = [codes[0], codes[1], app.view, JSON.stringify(state.weights)].join(" ");
    if (app.ask && key !== asked) { asked = key; answered = smallest(app, codes); }
    const change = (at, code) => app.set({ with: codes.map((one, place) => (place === at ? code : one)) });
    const spare = app.ordered().map((row) => app.facts.units[row].code).find((code) => !codes.includes(code));
    put(element,
      h("div", { class: "tools" }, codes.map((code, at) => h("span", { class: "chip" }, chooser(app, `${app.facts.noun} ${at + 1}`, code, (one) => change(at, one)),
        codes.length > 2 ? h("button", { type: "button", class: "away", "aria-label": `Leave out ${app.facts.units[rows[at]].name}`, onclick: () => app.set({ with: codes.filter((one) => one !== code) }) }, "×") : null)),
      codes.length < SEVERAL && spare ? h("button", { type: "button", onclick: () => app.set({ with: [...codes, spare] }) }, "Add one") : null,
      h("button", { type: "button", onclick: () => app.set({ with: [codes[1], codes[0], ...codes.slice(2)] }) }, "Swap")),
      h("h2", {}, `Where the difference between ${app.facts.units[rows[0]].name} and ${app.facts.units[rows[1]].name} comes from`),
      h("div", { class: "tools" }, [1, 2].map((one) => h("button", { type: "button", "aria-pressed": String(depth === one), onclick: () => app.set({ extra: { ...app.state.extra, depth: String(one) } }) }, one === 1 ? "By part" : "In detail"))),
      Number.isNaN(app.scores[app.root][rows[0]] - app.scores[app.root][rows[1]]) ? h("p", {}, "One of them has no score.") : waterfall(app, rows, depth),
      h("h3", {}, "What would turn the order"), turned(app, rows), answered,
      h("h3", {}, "Side by side"), sideBySide(app, rows));
  };
  whenNarrowed(element, () => update(app.state));
  return { element, update };
};
