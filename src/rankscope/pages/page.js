(() => {
"use strict";
const root = document.documentElement;
const one = (s, from = document) => from.querySelector(s);
const all = (s, from = document) => [...from.querySelectorAll(s)];
const fold = (s) => s.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const number = (s) => Number(s) || 0;
root.classList.add("scripted");

// ── the ranking: sort, find, filter ──────────────────────────────────────────
const table = one("#table");
const rows = table ? all("tbody tr", table).map((tr) => ({
  tr,
  ranks: tr.dataset.r.split(",").map(number),
  data: number(tr.dataset.c),
  groups: tr.dataset.f.split(","),
  name: one("th", tr).textContent,
  search: `${fold(one("th", tr).textContent)} ${tr.dataset.q}`,
})) : [];
const shown = table ? number(table.dataset.shown) : 0;
const find = one("#find"), more = one("#more"), count = one("#count");
const filters = all("select[data-filter]");
let view = 0, key = "rank", down = false, whole = false;

const value = (row) => {
  if (key === "data") return -row.data;
  if (key.startsWith("view")) return row.ranks[number(key.slice(4))];
  return row.ranks[view];
};
const last = 1e6;  // stands for no rank: at the bottom, whichever way is up
const unranked = (row) => value(row) >= last;
const compare = (a, b) => {
  if (key !== "name" && unranked(a) !== unranked(b)) return unranked(a) - unranked(b);
  const order = key === "name" ? a.name.localeCompare(b.name) : value(a) - value(b);
  return (down ? -order : order) || a.ranks[view] - b.ranks[view] || a.name.localeCompare(b.name);
};
const words = (text, query) => query.split(/\s+/).every((word) => text.includes(word));

const draw = () => {
  if (!table) return;
  const query = fold(find ? find.value : "");
  const chosen = filters.map((select) => select.value);
  const narrowed = query || chosen.some(Boolean);
  rows.sort(compare);
  let found = 0;
  for (const row of rows) {
    const fits = words(row.search, query) && chosen.every((c, i) => !c || row.groups[i] === c);
    if (fits) found += 1;
    row.tr.hidden = !fits || (!narrowed && !whole && found > shown);
  }
  one("tbody", table).append(...rows.map((row) => row.tr));
  if (more) more.hidden = narrowed || whole || rows.length <= shown;
  if (count) count.textContent = narrowed ? `${found} of ${rows.length}` : "";
};

const sort = (th) => {
  const wanted = th.dataset.sort;
  down = wanted === key ? !down : false;
  key = wanted;
  mark();
};
// A rank or name that goes up from the top is ascending; a score at the top is the highest.
const mark = () => {
  for (const th of all("th[data-sort]", table)) {
    const falls = ["score", "data"].includes(th.dataset.sort) !== down;
    if (th.dataset.sort === key) th.setAttribute("aria-sort", falls ? "descending" : "ascending");
    else th.removeAttribute("aria-sort");
  }
};
for (const th of table ? all("th[data-sort]", table) : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = th.textContent;
  button.addEventListener("click", () => { sort(th); draw(); });
  th.replaceChildren(button);
}
if (find) find.addEventListener("input", draw);
for (const select of filters) select.addEventListener("change", draw);
if (more) more.addEventListener("click", () => { whole = true; draw(); rows[shown]?.tr.querySelector("a").focus(); });

// ── views ────────────────────────────────────────────────────────────────────
const switches = all("button[data-view]");
for (const button of switches) {
  button.addEventListener("click", () => {
    view = number(button.dataset.view);
    root.dataset.view = view;
    for (const other of switches) other.setAttribute("aria-pressed", String(number(other.dataset.view) === view));
    draw();
  });
}

// ── the map ──────────────────────────────────────────────────────────────────
const readout = one("#readout");
if (readout) {
  const tell = (event) => {
    const link = event.target.closest?.("a");
    readout.textContent = (link && one("title", link)?.textContent) || "\u00a0";
  };
  const map = one(".world");
  for (const kind of ["pointerover", "focusin"]) map.addEventListener(kind, tell);
  map.addEventListener("pointerleave", () => { readout.textContent = "\u00a0"; });
}

// ── the parts ────────────────────────────────────────────────────────────────
const parts = all("details.part");
const reveal = () => {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { return; }
  const target = id && document.getElementById(id);
  if (!target) return;
  const folded = target.closest("details");
  if (folded && !folded.open) {
    folded.hidden = false;
    folded.open = true;
    target.scrollIntoView();
  }
};
addEventListener("hashchange", reveal);
// The same link again changes no address, and the part may have been closed since.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  if (link && link.getAttribute("href") === location.hash) reveal();
});
const seek = one("#find-part"), every = one("#open-all");
if (seek) seek.addEventListener("input", () => {
  const query = fold(seek.value);
  for (const part of parts) part.hidden = !words(part.dataset.q, query);
});
if (every) every.addEventListener("click", () => {
  const open = every.getAttribute("aria-pressed") !== "true";
  every.setAttribute("aria-pressed", String(open));
  every.textContent = open ? "Close all" : "Open all";
  for (const part of parts) part.open = open;
});

// ── where the reader is ──────────────────────────────────────────────────────
const links = new Map(all(".contents a").map((a) => [a.getAttribute("href").slice(1), a]));
const here = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    for (const [id, a] of links) {
      if (id !== target.id) { a.removeAttribute("aria-current"); continue; }
      a.setAttribute("aria-current", "true");
      const bar = a.closest("ul");
      bar.scrollLeft = a.offsetLeft - bar.offsetLeft - (bar.clientWidth - a.clientWidth) / 2;
    }
  }
}, { rootMargin: "-20% 0px -75% 0px" });
for (const id of links.keys()) { const target = document.getElementById(id); if (target) here.observe(target); }

draw();
reveal();
})();
