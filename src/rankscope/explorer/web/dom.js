// Elements without markup: text from data only ever becomes text.

const SVG = "http://www.w3.org/2000/svg";

const grown = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "colour") element.style.setProperty("--colour", value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

export const h = (tag, attributes = {}, ...children) => grown(document.createElement(tag), attributes, children);
export const s = (tag, attributes = {}, ...children) => grown(document.createElementNS(SVG, tag), attributes, children);

export const put = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter(Boolean));

// A change costs only where there is one.
export const say = (element, text) => { if (element.textContent !== text) element.textContent = text; };
export const mark = (element, name, value) => {
  const text = String(value);
  if (element.getAttribute(name) !== text) element.setAttribute(name, text);
};

// Pictures are drawn anew where the page is too narrow for their letters.
const NARROW = "(max-width: 40rem)";
export const narrow = () => matchMedia(NARROW).matches;
export const whenNarrowed = (element, draw) => matchMedia(NARROW).addEventListener("change", () => { if (element.isConnected) draw(); });

export const cut = (text, letters) => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

export const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

// What changed, for those who hear the page.
export const announce = (text) => {
  const line = document.getElementById("told");
  if (line) line.textContent = text;
};
