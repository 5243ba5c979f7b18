/** Small drawers below a picture's buttons: how far to vary, the prompt to edit, whether to delete. */
import { button, make } from "./dom.js";
import { say } from "./words.js";

const STEPS_OF_STRENGTH = [[0.35, "strength_close"], [0.6, "strength_near"], [0.8, "strength_far"], [1, "strength_free"]];

/** A slider for `strength` that says in words what it means; `node` and `value()`. */
export function strengthField(value, onchange = () => {}) {
  const output = make("output");
  const range = make("input", { type: "range", min: 0.1, max: 1, step: 0.05, value, label: "strength" });
  const told = () => {
    const [, key] = STEPS_OF_STRENGTH.find(([limit]) => Number(range.value) <= limit);
    say(output, key);
    say(range, key, {}, "meaning");
  };
  range.addEventListener("input", () => {
    told();
    onchange(Number(range.value));
  });
  told();
  const ends = make("div", { class: "ends", "aria-hidden": "true" },
    make("span", { words: "stay_close" }), make("span", { words: "go_far" }));
  return { node: make("div", { class: "strength" }, range, ends, output), value: () => Number(range.value) };
}

export class Tray {
  #opener = null;

  constructor() {
    this.node = make("div", { class: "tray", role: "group", hidden: true });
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.stopPropagation();
      this.close();
    });
  }

  vary(opener, go) {
    const field = strengthField(0.7);
    const done = button({ words: "vary", icon: "vary", class: "main", onclick: () => this.#go(() => go(field.value())) });
    this.#open(opener, "vary_how", field.node.firstChild, field.node, this.#buttons(done));
  }

  edit(opener, prompt, go) {
    const editor = make("textarea", { rows: 4, label: "prompt_editor", dir: "auto" });
    editor.value = prompt;
    const paint = () => editor.value.trim() && this.#go(() => go(editor.value.trim()));
    editor.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) paint();
    });
    const done = button({ words: "paint_this", icon: "brush", class: "main", onclick: paint });
    this.#open(opener, "prompt_editor", editor, editor, this.#buttons(done));
  }

  ask(opener, question, answer, go) {
    const done = button({ words: answer, icon: "delete", class: "danger", onclick: () => this.#go(go) });
    const buttons = this.#buttons(done, "keep");
    this.#open(opener, question, buttons.lastChild, buttons);
  }

  close() {
    this.node.hidden = true;
    this.#opener?.setAttribute("aria-expanded", "false");
    this.#opener?.focus();
    this.#opener = null;
  }

  #buttons(done, stay = "cancel") {
    return make("div", { class: "actions" }, done, button({ words: stay, class: "quiet", onclick: () => this.close() }));
  }

  #open(opener, title, focus, ...content) {
    if (this.#opener === opener) return this.close();
    this.#opener?.setAttribute("aria-expanded", "false");
    this.#opener = opener;
    opener.setAttribute("aria-expanded", "true");
    say(this.node, title, {}, "label");
    this.node.replaceChildren(make("p", { class: "title", words: title }), ...content);
    this.node.hidden = false;
    focus.focus();
    this.node.scrollIntoView({ block: "nearest" });
  }

  #go(action) {
    this.close();
    action();
  }
}
