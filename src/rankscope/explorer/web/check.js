// Check a text: its claims marked where they stand, and what becomes of each.

import { h, put, say } from "./dom.js";

const KEPT = 6000;

const marked = ({ pieces }) => h("div", { class: "checked" }, pieces.map(({ text, verdict, notes }) => [
  verdict ? h("mark", { class: verdict }, text) : text,
  notes.map((number) => h("sup", {}, h("button", { type: "button", "aria-label": `Note ${number}`, onclick: () => document.getElementById(`claim-${number}`)?.focus() }, String(number)))),
]));

const witness = (one) => h("li", {}, `${one.origin}: ${one.figure}${one.edition ? ` (${one.edition})` : ""}`,
  /^https?:\/\//.test(one.source) ? [" – ", h("a", { href: one.source, rel: "noreferrer", target: "_blank" }, one.source)] : one.source ? ` – ${one.source}` : null);

const claimItem = (row) => h("li", { id: `claim-${row.number}`, tabindex: -1 },
  h("p", {}, h("strong", {}, `${row.country}: ${row.said}`)),
  h("p", { class: "note" }, [row.index, row.edition ? `edition ${row.edition}${row.edition_said ? "" : " (inferred)"}` : "edition not said", row.field === "overall" ? "" : row.field].filter(Boolean).join(" · ")),
  h("p", {}, h("mark", { class: row.slug }, row.verdict), ` ${row.why}`),
  row.firmness ? h("p", { class: "note" }, row.firmness) : null,
  row.evidence.length ? h("ul", { class: "note" }, row.evidence.map(witness)) : null);

const checkedText = ({ message, checked }) => [
  h("p", { class: "lead" }, message),
  h("div", { class: "beside" }, marked(checked), h("div", {},
    checked.rows.length ? [h("h2", {}, "What it claims"), h("ol", { class: "claims" }, checked.rows.map(claimItem))] : null,
    checked.statements.length ? [h("h2", {}, "What it reports"), h("p", { class: "note" }, "Reported, not believed."), h("ul", {}, checked.statements.map((one) => h("li", {}, one.told, one.touches_told ? h("p", { class: "note" }, one.touches_told) : null)))] : null)),
  h("p", { class: "note" }, "What the grammar does not catch stays unmarked: an unmarked sentence is not a true one."),
];

export const checkView = (app) => {
  const area = h("textarea", { rows: 10, "aria-label": "Text to check", placeholder: "Paste an article or a sentence: “China, which ranks second on the Global AI Index …”" });
  const status = h("span", { class: "note", role: "status" });
  const holder = h("div", { class: "outcome" });
  let running = null;
  let asked = null;
  const run = (text) => {
    running?.cancel();
    asked = text;
    say(status, "Checking …");
    running = app.ask("check", { text }, (answer) => {
      if (answer.problem) say(status, answer.problem);
      if (answer.checked) { put(holder, checkedText(answer)); say(status, ""); }
      if (answer.done) running = null;
    });
  };
  const button = h("button", { type: "button", onclick: () => {
    const text = area.value;
    if (!text.trim()) { say(status, "There is no text yet."); return; }
    run(text);
    app.set({ extra: { ...app.state.extra, text: text.length <= KEPT ? text : "" } });
  } }, "Check");
  const element = h("article", { class: "check" }, h("h2", {}, "Check a text"), area, h("div", { class: "tools" }, button, status), holder);
  return { element, update(state) {
    const text = state.extra.text ?? "";
    if (!text || text === asked) return;
    area.value = text;
    run(text);
  } };
};
