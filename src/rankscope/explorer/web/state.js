// What is shown, as plain values; all of it stands in the address, and every step can be undone.

const FRESH = {
  at: "ranking", view: "", open: "", sort: "", down: false, query: "", filters: {}, pins: [],
  unit: "", with: [], weights: {}, locks: [], sets: {}, slope: false, node: "", extra: {},
};

const LONGEST = 20000;

const number = (text) => { const value = Number(text); return Number.isFinite(value) && value >= 0 ? value : null; };

const weightsText = (weights) => Object.entries(weights)
  .map(([code, value]) => `${encodeURIComponent(code)}:${Number(value.toPrecision(6))}`).join("~");

const weightsOf = (text) => Object.fromEntries((text || "").split("~").filter(Boolean)
  .map((pair) => { const at = pair.lastIndexOf(":"); return [decoded(pair.slice(0, at)), number(pair.slice(at + 1))]; })
  .filter(([code, value]) => code && value !== null));

const decoded = (text) => { try { return decodeURIComponent(text); } catch { return ""; } };
const list = (text) => (text || "").split(",").map(decoded).filter(Boolean);
const joined = (values) => values.map(encodeURIComponent).join(",");

// The address of a state: only what differs from a fresh page.
export const addressOf = (state) => {
  const parts = [];
  const add = (key, text) => { if (text) parts.push(`${key}=${text}`); };
  add("at", state.at === FRESH.at ? "" : encodeURIComponent(state.at));
  for (const key of ["view", "open", "sort", "query", "unit", "node"]) add(key, encodeURIComponent(state[key]));
  add("down", state.down ? "1" : "");
  add("slope", state.slope ? "1" : "");
  for (const key of ["pins", "with", "locks"]) add(key, joined(state[key]));
  for (const key of ["filters", "extra"]) {
    for (const [name, value] of Object.entries(state[key])) add(`${key}.${encodeURIComponent(name)}`, encodeURIComponent(value));
  }
  add("w", weightsText(state.weights));
  for (const [name, weights] of Object.entries(state.sets)) add(`set.${encodeURIComponent(name)}`, weightsText(weights));
  return parts.length ? `#${parts.join("&")}` : "#";
};

const taken = (state, key, text) => {
  const [kind, ...rest] = key.split(".");
  const name = decoded(rest.join("."));
  if (kind === "w") state.weights = weightsOf(text);
  else if (kind === "set" && name) state.sets = { ...state.sets, [name]: weightsOf(text) };
  else if ((kind === "filters" || kind === "extra") && name) state[kind] = { ...state[kind], [name]: decoded(text) };
  else if (["pins", "with", "locks"].includes(kind)) state[kind] = list(text);
  else if (["down", "slope"].includes(kind)) state[kind] = text === "1";
  else if (["at", "view", "open", "sort", "query", "unit", "node"].includes(kind)) state[kind] = decoded(text);
};

// The state that an address means; what it does not understand is left out.
export const stateOf = (address) => {
  const state = structuredClone(FRESH);
  for (const part of address.slice(0, LONGEST).replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) taken(state, part.slice(0, at), part.slice(at + 1));
  }
  return state;
};

// The past and the future of a page.  `passing` changes (a slider under way) make no step.
export const timeline = (changed) => {
  let past = [];
  let future = [];
  let state = stateOf(location.hash);
  let stepped = state;
  const shown = () => { history.replaceState(null, "", addressOf(state)); };
  addEventListener("hashchange", () => {
    if (addressOf(state) === (location.hash || "#")) return;
    past.push(stepped);
    future = [];
    stepped = state = stateOf(location.hash);
    changed(state, false);
  });
  const step = (from, to) => {
    if (!from.length) return;
    to.push(stepped);
    stepped = state = from.pop();
    shown();
    changed(state, false);
  };
  return {
    get state() { return state; },
    get canUndo() { return past.length > 0; },
    get canRedo() { return future.length > 0; },
    set(change, passing = false) {
      state = { ...state, ...change };
      if (!passing && addressOf(state) !== addressOf(stepped)) {
        past = [...past.slice(-199), stepped];
        future = [];
        stepped = state;
        shown();
      }
      changed(state, passing);
    },
    undo() { step(past, future); },
    redo() { step(future, past); },
    fresh() { this.set(structuredClone(FRESH)); },
  };
};
