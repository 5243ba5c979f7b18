/** The preferences dialog: what somebody wants where a message says nothing, and what use has taught. */
import * as api from "./api.js";
import { button, make } from "./dom.js";
import { aspects, bestOf, grouped, revisions } from "./options.js";
import { Tray } from "./tray.js";
import { LANGUAGES, say } from "./words.js";

const REWRITING = ["", "on", "ask", "off"]; // the empty one leaves it to the settings
const NUMBERS = ["best_of", "revisions"];

/** Show it; whatever is changed in it is kept at once. */
export async function openPreferences(dialog, me) {
  await styled();
  const view = new Preferences(dialog, me);
  dialog.showModal();
  await view.load();
}

class Preferences {
  #kept = {};
  #saving = Promise.resolve();

  constructor(dialog, me) {
    this.fields = {
      style: make("select", {}, unset(), ...grouped(me.styles)),
      aspect: make("select", {}, ...aspects()),
      best_of: make("select", {}, ...bestOf(me.limits)),
      revisions: make("select", {}, ...revisions(me.limits)),
      language: make("select", {}, unset("as_i_write"), ...Object.entries(LANGUAGES).map(([value, shown]) => make("option", { value, lang: value }, shown))),
    };
    this.titles = new Map(me.styles.map(({ name, description }) => [name, description]));
    this.radios = REWRITING.map((value) => make("input", { type: "radio", name: "rewriting", value }));
    // Until it is known what is set, nothing can be: the first choice would clear all the rest.
    this.form = make("fieldset", { disabled: true }, this.#rewriting(), this.#selects());
    this.form.addEventListener("change", () => this.#save());
    this.status = make("p", { class: "state", role: "status" });
    this.learned = make("section", { class: "learned" });
    const close = button({ icon: "close", class: "icon", label: "close", onclick: () => dialog.close() });
    dialog.replaceChildren(make("header", {}, make("h2", { words: "preferences" }), close),
      make("p", { class: "soft", words: "preferences_for" }), this.form, this.status, this.learned);
    dialog.onclick = (event) => { // returning false would keep radio buttons from being checked
      if (event.target === dialog) dialog.close();
    };
  }

  async load() {
    try {
      const [kept, learned] = await Promise.all([api.preferences(), api.learned()]);
      this.#put(kept);
      this.#teach(learned);
    } catch (problem) {
      this.#complain(problem);
    }
  }

  #rewriting() {
    const choices = this.radios.map((radio) => make("label", { class: "choice" }, radio,
      make("span", {}, make("strong", { words: `rewriting_${radio.value || "usual"}` }),
        make("span", { words: `rewriting_${radio.value || "usual"}_means` }))));
    return make("fieldset", {}, make("legend", { words: "rewriting" }), ...choices);
  }

  #selects() {
    return make("div", { class: "fields" }, ...Object.entries(this.fields).map(([name, field]) =>
      make("label", { class: "field" }, make("span", { words: name === "language" ? "answers_in" : name }), field)));
  }

  #put(kept) {
    this.#kept = kept;
    for (const [name, field] of Object.entries(this.fields)) put(field, kept[name] ?? "");
    for (const radio of this.radios) radio.checked = radio.value === (kept.rewriting ?? "");
    this.form.disabled = false;
  }

  /** One after the other: the last choice is the one that stays. */
  #save() {
    const values = Object.entries(this.fields).map(([name, { value }]) =>
      [name, value === "" ? null : NUMBERS.includes(name) ? Number(value) : value]);
    const rewriting = this.radios.find((radio) => radio.checked)?.value || null;
    const wanted = { ...this.#kept, ...Object.fromEntries(values), rewriting };
    this.#kept = wanted;
    this.#saving = this.#saving.then(async () => {
      try {
        await api.prefer(wanted);
        this.status.classList.remove("bad");
        say(this.status, "saved");
      } catch (problem) {
        this.#complain(problem);
      }
    });
  }

  #teach(learned) {
    const tray = new Tray();
    const forget = button({
      icon: "again", words: "forget", class: "quiet", "aria-expanded": "false",
      onclick: () => tray.ask(forget, "forget_sure", "forget", () => this.#forget()),
    });
    const nothing = Object.values(learned.preferences).every((value) => value === null);
    this.learned.replaceChildren(...[
      make("h3", { words: "learned" }), make("p", { class: "soft", words: "learned_from" }),
      nothing && make("p", { words: ["learned_nothing", { n: learned.pictures }] }),
      learned.quality && make("p", { dir: "auto" }, learned.quality),
      learned.uses.length && table(learned.uses, this.titles), learned.pictures && forget, tray.node,
    ].filter(Boolean));
  }

  async #forget() {
    try {
      await api.forget();
      this.#teach(await api.learned());
      say(this.status, "forgotten");
    } catch (problem) {
      this.#complain(problem);
    }
  }

  #complain(problem) {
    delete this.status.dataset.words;
    this.status.classList.add("bad");
    this.status.textContent = problem.message;
  }
}

/** What was set elsewhere, such as a shape that is not offered here, stays what it is. */
function put(field, value) {
  const offered = [...field.options].some((option) => option.value === String(value));
  if (!offered) field.append(make("option", { value }, String(value)));
  field.value = value;
}

function unset(words = "automatic") {
  return make("option", { value: "", words });
}

/** How often pictures of each style were kept, painted again and deleted, and below that what follows, and why. */
function table(uses, titles) {
  const counted = ["kept_n", "again_n", "deleted_n"];
  const rows = uses.flatMap(({ style, kept, again, deleted, why }) => [
    make("tr", {}, make("th", { scope: "row" }, style ? titles.get(style) ?? style : make("span", { words: "no_style_at_all" })),
      ...[kept, again, deleted].map((n) => make("td", {}, String(n)))),
    why && make("tr", { class: "why" }, make("td", { colspan: 4, dir: "auto" }, why))]);
  return make("table", { class: "scores" },
    make("thead", {}, make("tr", {}, make("td"), ...counted.map((words) => make("th", { scope: "col", words })))),
    make("tbody", {}, ...rows));
}

/** The dialog's own style sheet, loaded once. */
function styled() {
  if (document.getElementById("preferences-css")) return null;
  const sheet = make("link", { id: "preferences-css", rel: "stylesheet", href: "/static/css/preferences.css" });
  const there = new Promise((resolve) => { sheet.onload = sheet.onerror = resolve; });
  document.head.append(sheet);
  return there;
}
