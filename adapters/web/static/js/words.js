/** The page's own words: one table per language, and what of the page is said in them. */
import { recall, remember } from "./keep.js";

export const LANGUAGES = { en: "English", zh: "中文" };
const KINDS = { words: (node, text) => node.replaceChildren(text),
  label: (node, text) => { node.setAttribute("aria-label", text); if (node.matches("button, a")) node.title = text; },
  hint: (node, text) => { node.placeholder = text; },
  meaning: (node, text) => node.setAttribute("aria-valuetext", text) };
const fillings = new WeakMap();
const spoken = { language: "en", table: {} };

/** The language that was chosen here before, or else the browser's first that there is. */
export function preferred() {
  const wanted = [recall("language"), ...navigator.languages.map((name) => name.slice(0, 2).toLowerCase())];
  return wanted.find((name) => name in LANGUAGES) ?? "en";
}

/** Load a language's table and say everything on the page in it. */
export async function speak(language) {
  const answer = await fetch(`/static/words/${language}.json`);
  if (!answer.ok) throw new Error(`no words for ${language}`);
  Object.assign(spoken, { language, table: await answer.json() });
  document.documentElement.lang = language === "zh" ? "zh-Hans" : language;
  retell(document);
}

/** Speak another language from now on, also after a reload. */
export async function choose(language) {
  await speak(language);
  remember("language", language);
}

export function language() {
  return spoken.language;
}

/** A text with its {fillings}; `n` among them chooses between `key.one` and `key.other` where there are both. */
export function text(key, filling = {}) {
  const form = typeof filling.n === "number" ? new Intl.PluralRules(spoken.language).select(filling.n) : "other";
  const found = spoken.table[`${key}.${form}`] ?? spoken.table[`${key}.other`] ?? spoken.table[key] ?? key;
  return found.replace(/\{(\w+)\}/g, (_, name) => shown(filling[name]));
}

/** Say a text in a node, and again whenever the language changes; `kind` is words, label, hint or meaning. */
export function say(node, key, filling = {}, kind = "words") {
  node.dataset[kind] = key;
  fillings.set(node, { ...fillings.get(node), [kind]: filling });
  KINDS[kind](node, text(key, filling));
  return node;
}

function retell(root) {
  for (const [kind, put] of Object.entries(KINDS)) {
    for (const node of root.querySelectorAll(`[data-${kind}]`)) {
      put(node, text(node.dataset[kind], fillings.get(node)?.[kind]));
    }
  }
}

function shown(value) {
  if (typeof value === "number") return new Intl.NumberFormat(spoken.language).format(value);
  if (!(value instanceof Date)) return String(value ?? "");
  const near = Date.now() - value < 43_200_000 && value.getDate() === new Date().getDate();
  const form = near ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(spoken.language, form).format(value);
}
