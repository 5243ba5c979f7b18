/** What can be set by hand for the next pictures: the style, and a fold with the rest. */
import { button, make } from "./dom.js";
import { say } from "./words.js";

const ASPECTS = ["1:1", "3:2", "2:3", "4:3", "3:4", "16:9", "9:16"];
const MAX_SEED = 2 ** 32 - 1;
const MAX_STEPS = 200;

export class Options {
  /** @param nodes `style`, `options`, `fold`, `set`: the select, the fold, its button and the mark on it. */
  constructor(nodes, onchange) {
    Object.assign(this, { nodes, onchange });
    this.fields = {
      aspect: make("select", {}, make("option", { value: "", words: "automatic" }), ...ASPECTS.map((name) => make("option", { value: name }, name))),
      count: make("select", {}),
      seed: make("input", { type: "number", min: 0, max: MAX_SEED, step: 1, inputmode: "numeric", hint: "random" }),
      steps: make("input", { type: "number", min: 1, max: MAX_STEPS, step: 1, inputmode: "numeric", hint: "automatic" }),
      negative_prompt: make("input", { type: "text", dir: "auto", hint: "negative_prompt_hint" }),
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
    this.nodes.style.replaceChildren(make("option", { value: "", words: "no_style" }),
      ...styles.map(({ name, description }) => make("option", { value: name }, description || name)));
    const counts = Array.from({ length: limits.count }, (_, index) => String(index + 1));
    this.fields.count.replaceChildren(...counts.map((n) => make("option", { value: n === "1" ? "" : n }, n)));
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
    const { count, seed, steps, as_is: asIs, ...rest } = this.wanted;
    const numbers = Object.entries({ count, seed, steps }).filter(([, value]) => value).map(([name, value]) => [name, Number(value)]);
    return { ...rest, ...Object.fromEntries(numbers), ...(asIs ? { as_is: true } : {}) };
  }

  /** What is set, as it is kept with the draft. */
  get wanted() {
    const { as_is: asIs, ...typed } = this.fields;
    const values = Object.entries({ style: this.nodes.style, ...typed }).map(([name, field]) => [name, field.value.trim()]);
    return Object.fromEntries([...values.filter(([, value]) => value), ...(asIs.checked ? [["as_is", true]] : [])]);
  }

  put(wanted) {
    this.nodes.style.value = wanted.style ?? this.nodes.style.value;
    for (const [name, field] of Object.entries(this.fields)) {
      if (name === "as_is") field.checked = Boolean(wanted.as_is);
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
