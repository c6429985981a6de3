// Scores and ranks for any weights, as the engine works them out: a node is the mean of its
// children on its chart, over those that are there (docs/conventions.md, sections 1, 3 and 4).

const OF_ZERO = -1e9;
const POWER_OF_ZERO = 1e300;
const BEYOND_ANY_VALUE = 1e290;

const forward = (chart, value) => {
  if (chart.kind === "identity") return value;
  if (chart.kind === "log") return value > 0 ? Math.log(value) : value === 0 && chart.zeros ? OF_ZERO : NaN;
  if (chart.power < 0 && chart.zeros && value === 0) return POWER_OF_ZERO;
  const power = value >= 0 ? value ** chart.power : NaN;
  return Number.isFinite(power) ? power : NaN;
};

const back = (chart, value) => {
  if (chart.kind === "identity") return value;
  if (chart.kind === "log") return Math.exp(value);
  if (chart.power < 0 && value >= BEYOND_ANY_VALUE) return 0;
  return chart.power < 0 && !(value > 0) ? NaN : value ** (1 / chart.power);
};

// A tree from JSON made ready: columns of numbers, NaN where there is none.
export const readied = (tree) => {
  const column = (values) => Float64Array.from(values, (one) => (one === null ? NaN : one));
  return {
    ...tree,
    rows: tree.present[0].length,
    values: tree.values.map(column),
    present: tree.present.map((text) => Uint8Array.from(text, Number)),
    fixed: Object.fromEntries(
      Object.entries(tree.fixed).map(([node, views]) => [node, views.map(column)]),
    ),
  };
};

const combined = (tree, number, scores, weights) => {
  const { children, chart, shares } = tree.nodes[number];
  const above = new Float64Array(tree.rows);
  const below = new Float64Array(tree.rows);
  for (const child of children) {
    const weight = weights[child];
    if (weight === 0) continue; // takes no part, whatever its value
    const there = tree.present[child];
    const values = scores[child];
    for (let row = 0; row < tree.rows; row += 1) {
      if (!there[row]) continue;
      above[row] += weight * forward(chart, values[row]);
      below[row] += weight;
    }
  }
  const own = tree.present[number];
  return above.map((sum, row) =>
    own[row] && below[row] > 0 ? back(chart, shares ? sum / below[row] : sum) : NaN);
};

// The scores of all nodes, a column for each; `given` has one weight for each node but the root.
export const evaluate = (tree, given, view = 0) => {
  const weights = Float64Array.from(given);
  const scores = [];
  tree.nodes.forEach((node, number) => {
    if (!node.children.length) scores.push(tree.values[node.leaf]);
    else if (tree.fixed[number]) scores.push(tree.fixed[number][view]);
    else if (node.children.every((child) => weights[child] === 0)) {
      if (number < weights.length) weights[number] = 0;
      scores.push(new Float64Array(tree.rows).fill(NaN));
    } else scores.push(combined(tree, number, scores, weights));
  });
  return scores;
};

const asCompared = (rule, score) => {
  if (rule.decimals === null) return rule.best === "lowest" ? -score : score;
  const factor = 10 ** rule.decimals;
  const shifted = score * factor;
  const hair = Math.min(1e-12 * Math.max(1, Math.abs(shifted)), 1e-3);
  const rounded = Math.floor(shifted + 0.5 + hair) / factor;
  return rule.best === "lowest" ? -rounded : rounded;
};

// The ranks of sorted rows: a tie goes on while the gap is at most a share of the range.
const placed = (keys, order, rule, ranks) => {
  const slack = rule.tolerance * (keys[order[0]] - keys[order[order.length - 1]]);
  let first = 0;
  let dense = 0;
  order.forEach((row, at) => {
    const tied = at > 0 && keys[order[at - 1]] - keys[row] <= slack;
    if (!tied) { first = at; dense += 1; }
    ranks[row] = { best: first + 1, dense, order: at + 1 }[rule.ties] ?? 0;
    if (rule.ties === "worst") for (let back = first; back <= at; back += 1) ranks[order[back]] = at + 1;
  });
};

// The rank of each row, 0 where there is none; rows are ranked within their group of rivals.
export const ranksOf = (scores, rule, view = 0) => {
  const ranks = new Int32Array(scores.length);
  const keys = scores.map((score) => asCompared(rule, score));
  const groups = new Map();
  rule.rivals[view].forEach((group, row) => {
    if (group < 0 || !Number.isFinite(keys[row])) return;
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(row);
  });
  for (const rows of groups.values()) placed(keys, rows.sort((a, b) => keys[b] - keys[a] || a - b), rule, ranks);
  return ranks;
};

// The share of each node in the whole: the product of normalised weights down to it.
export const effective = (tree, given) => {
  const reach = new Float64Array(tree.nodes.length).fill(1);
  for (let number = tree.nodes.length - 1; number >= 0; number -= 1) {
    const { children, shares } = tree.nodes[number];
    const total = shares ? children.reduce((sum, child) => sum + given[child], 0) : 1;
    for (const child of children) reach[child] = total > 0 ? (reach[number] * given[child]) / total : 0;
  }
  return reach;
};

// What each child gives to the score of a node, a column for each child; adds up to the score.
// On another chart than the identity the score is shared out in proportion.
export const parts = (tree, number, scores, given) => {
  const { children, chart } = tree.nodes[number];
  const own = scores[number];
  const columns = children.map(() => new Float64Array(tree.rows));
  if (!children.length) return [own];
  for (let row = 0; row < tree.rows; row += 1) {
    let total = 0;
    children.forEach((child, at) => {
      const there = tree.present[child][row] && given[child] > 0;
      const value = there ? scores[child][row] : 0;
      columns[at][row] = there && value > 0 ? given[child] * value : 0;
      total += columns[at][row];
    });
    for (const column of columns) column[row] = total > 0 ? (column[row] * own[row]) / total : 0;
  }
  return chart === null ? [own] : columns;
};

const onChart = (chart, value) => (chart ? forward(chart, value) : value);
const sameChart = (one, other) => one && other && one.kind === other.kind && one.power === other.power;

// What each node adds to the score of the root, on the root's chart, for one row; children add
// up to their parent.  Below another chart a contribution is shared out in proportion.
export const contributions = (tree, scores, given, row) => {
  const root = tree.nodes.length - 1;
  const found = new Float64Array(tree.nodes.length);
  const factors = new Map([[root, 1]]);
  if (!tree.present[root][row]) return found.fill(NaN);
  const chart = tree.nodes[root].chart;
  found[root] = onChart(chart, scores[root][row]);
  for (let number = root; number >= 0; number -= 1) {
    const node = tree.nodes[number];
    const there = node.children.filter((child) => tree.present[child][row] && given[child] > 0);
    const total = node.shares ? there.reduce((sum, child) => sum + given[child], 0) : 1;
    if (!there.length || !(total > 0)) continue;
    const own = new Map(there.map((child) => [child, (given[child] / total) * onChart(node.chart, scores[child][row])]));
    const sum = [...own.values()].reduce((all, one) => all + one, 0);
    const alike = factors.has(number) && !node.held && sameChart(node.chart, chart);
    for (const child of there) {
      if (alike) factors.set(child, (factors.get(number) * given[child]) / total);
      if (alike) found[child] = own.get(child) * factors.get(number);
      else found[child] = sum ? (found[number] * own.get(child)) / sum : found[number] / there.length;
    }
  }
  return found;
};
