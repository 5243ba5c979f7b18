/** What can be set by hand for the next pictures: the style, and a fold with the rest. */
import { button, make } from "./dom.js";
import { say } from "./words.js";

const ASPECTS = ["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16"];
const REVISIONS = ["never", "once", "twice"];
const NUMBERS = ["count", "seed", "steps", "best_of", "revisions"];
const MAX_SEED = 2 ** 32 - 1;
const MAX_STEPS = 200;

export class Options {
  /** @param nodes `style`, `options`, `fold`, `set`: the select, the fold, its button and the mark on it. */
  constructor(nodes, onchange) {
    Object.assign(this, { nodes, onchange });
    this.fields = {
      aspect: make("select", {}, ...aspects()),
      count: make("select", {}),
      seed: make("input", { type: "number", min: 0, max: MAX_SEED, step: 1, inputmode: "numeric", hint: "random" }),
      steps: make("input", { type: "number", min: 1, max: MAX_STEPS, step: 1, inputmode: "numeric", hint: "automatic" }),
      best_of: make("select", {}),
      revisions: make("select", {}),
      negative_prompt: make("input", { type: "text", dir: "auto", hint: "negative_prompt_hint" }),
      ask: make("input", { type: "checkbox" }),
      as_is: make("input", { type: "checkbox" }),
    };
    const reset = button({ words: "reset_options", class: "quiet", onclick: () => this.put({}) });
    nodes.options.append(...Object.entries(this.fields).map(([name, field]) =>
      make("label", { class: `field ${name}` }, make("span", { words: name }), field)), reset);
    nodes.options.addEventListener("input", () => this.#changed());
    nodes.style.addEventListener("input", () => this.#changed());
    nodes.fold.addEventListener("click", () => this.open(nodes.options.hidden));
  }

  /** What there is to choose from, from `GET /me`. */
  offer({ styles, limits }) {
    const { wanted } = this;
    this.nodes.style.replaceChildren(make("option", { value: "", words: "no_style" }), ...grouped(styles));
    const counts = Array.from({ length: limits.count }, (_, index) => String(index + 1));
    this.fields.count.replaceChildren(...counts.map((n) => make("option", { value: n === "1" ? "" : n }, n)));
    this.fields.best_of.replaceChildren(...bestOf(limits));
    this.fields.revisions.replaceChildren(...revisions(limits));
    this.put(wanted);
  }

  open(opened) {
    this.nodes.options.hidden = !opened;
    this.nodes.fold.setAttribute("aria-expanded", String(opened));
    if (opened) this.fields.aspect.focus();
  }

  /** The wishes as the API takes them; null with a complaint in the field where one is wrong. */
  wishes() {
    for (const field of Object.values(this.fields)) {
      if (field.checkValidity()) continue;
      this.open(true);
      field.focus();
      field.reportValidity();
      return null;
    }
    const wanted = Object.entries(this.wanted);
    return Object.fromEntries(wanted.map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]));
  }

  /** What is set, as it is kept with the draft. */
  get wanted() {
    const values = Object.entries({ style: this.nodes.style, ...this.fields }).map(([name, field]) =>
      [name, field.type === "checkbox" ? field.checked : field.value.trim()]);
    return Object.fromEntries(values.filter(([, value]) => value));
  }

  put(wanted) {
    this.nodes.style.value = wanted.style ?? this.nodes.style.value;
    for (const [name, field] of Object.entries(this.fields)) {
      if (field.type === "checkbox") field.checked = Boolean(wanted[name]);
      else field.value = wanted[name] ?? "";
    }
    this.#changed();
  }

  #changed() {
    const set = Object.keys(this.wanted).filter((name) => name !== "style").length;
    this.nodes.set.textContent = set || "";
    say(this.nodes.fold, set ? "options_set" : "options", { n: set }, "label");
    this.nodes.style.closest("label").classList.toggle("chosen", this.nodes.style.value !== "");
    this.onchange();
  }
}

/** The parts of a style menu, in the order in which the server lists them. */
export function grouped(styles) {
  const groups = new Map();
  for (const { name, description, group } of styles) {
    if (!groups.has(group)) groups.set(group, Object.assign(make("optgroup"), { label: group }));
    groups.get(group).append(make("option", { value: name }, description || name));
  }
  return [...groups.values()];
}

export function aspects() {
  return [automatic(), ...ASPECTS.map((name) => make("option", { value: name }, name))];
}

/** Of how many candidates the best one is kept; `most` as in `GET /me`. */
export function bestOf({ best_of: most }) {
  const counts = Array.from({ length: most }, (_, index) => String(index + 1));
  return [automatic(), ...counts.map((n) => make("option", { value: n }, n))];
}

/** How often a picture is looked at and painted again. */
export function revisions({ revisions: most }) {
  return [automatic(), ...REVISIONS.slice(0, most + 1).map((words, times) => make("option", { value: times, words }))];
}

function automatic() {
  return make("option", { value: "", words: "automatic" });
}
