// What is shown as files: data, pictures, the definition with these weights.

import { h } from "./dom.js";

export const saved = (name, type, content) => {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};

// A cell that a spreadsheet would run as a formula gets an apostrophe.
const cell = (value) => {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvOf = (rows) => {
  if (!rows.length) return "";
  const keys = Object.keys(rows[0]);
  return `${[keys, ...rows.map((row) => keys.map((key) => row[key]))].map((one) => one.map(cell).join(",")).join("\n")}\n`;
};

export const definitionOf = (template, weights) =>
  template.map((piece) => (typeof piece === "string" ? piece : String(Number(weights[piece].toPrecision(12))))).join("");

const STYLED = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "text-anchor", "opacity", "stroke-dasharray", "stroke-linecap"];

// A picture as a file of its own: the styles of the page become attributes.
export const svgText = (svg) => {
  const copy = svg.cloneNode(true);
  const originals = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((element, at) => {
    const style = getComputedStyle(originals[at]);
    for (const name of STYLED) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
    if (style.display === "none") element.remove();
  });
  const box = svg.viewBox.baseVal;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", box.width);
  copy.setAttribute("height", box.height);
  return new XMLSerializer().serializeToString(copy);
};

const background = () => getComputedStyle(document.body).backgroundColor;

export const savePng = (name, svg) => {
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    const box = svg.viewBox.baseVal;
    canvas.width = box.width * 2;
    canvas.height = box.height * 2;
    const pen = canvas.getContext("2d");
    pen.fillStyle = background();
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => saved(`${name}.png`, "image/png", blob));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(svg))}`;
};
