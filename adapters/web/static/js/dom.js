/** Makes nodes without markup: whatever comes from people becomes text, never HTML. */
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SAID = ["words", "label", "hint"];

/**
 * An element with attributes, listeners (onclick) and words (`words`, `label`, `hint`: a key, or [key, filling]).
 * Attributes that are null, undefined or false are left out.
 */
export function make(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (SAID.includes(name)) say(node, ...[value].flat(), ...(Array.isArray(value) ? [] : [{}]), name);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A button with an icon, words beside it where given, and a label that names what it acts on. */
export function button({ icon: name, words, ...given }) {
  const face = words ? make("span", { class: "face", words }) : null;
  return make("button", { type: "button", ...given }, name ? icon(name) : null, face);
}

/** Words that are for listening only. */
export function unseen(words) {
  return make("span", { class: "unseen", words });
}

/** Tell whoever listens further up. */
export function tell(node, name, detail) {
  node.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
}

/** A random name for threads and messages; works without a secure context too. */
export function newId(characters = 16) {
  const bytes = crypto.getRandomValues(new Uint8Array(characters));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}
