/** What was said and not taken yet: kept until the server has it, and sent again under the same id. */
import * as api from "./api.js";
import { button, icon, make, newId, tell } from "./dom.js";
import { onRemembered, recall, remember } from "./keep.js";

export class Outbox {
  #views = new Map();

  /**
   * @param list Where unsent messages are shown.
   * @param name What they are kept under.
   * @param taken Called with the exchange that the server made of one.
   */
  constructor(list, name, taken) {
    Object.assign(this, { list, name, taken, sending: 0, thread: null });
    onRemembered((changed) => changed === name && this.#follow());
  }

  /** Show what is unsent of a conversation. */
  open(thread) {
    this.thread = thread;
    this.#views.clear();
    this.list.replaceChildren();
    for (const letter of this.#kept()) if (letter.thread === thread) this.#show(letter, "unsent");
  }

  /** Say or press something: keep it first, then send it. Resolves when it is known how that went. */
  async send(path, body, shown) {
    const letter = { path, thread: this.thread, body: { ...body, thread: this.thread, id: newId(24) }, shown };
    remember(this.name, [...this.#kept(), letter]);
    this.#show(letter, "sending");
    await this.#post(letter);
  }

  /** The server is back: send what nobody answered. */
  again() {
    for (const { letter, lost } of this.#views.values()) if (lost) this.#post(letter);
  }

  async #post(letter) {
    const view = this.#show(letter, "sending");
    this.sending += 1;
    let exchange = null;
    try {
      exchange = await api.post(letter.path, letter.body);
    } catch (problem) {
      this.#failed(view, problem);
    }
    this.sending -= 1;
    if (exchange) this.#forget(letter);
    this.taken(exchange, letter.thread);
  }

  #failed(view, problem) {
    view.lost = problem.away;
    this.#draw(view, "failed", problem.message);
    tell(this.list, "refused", problem);
  }

  #show(letter, state) {
    let view = this.#views.get(letter.body.id);
    if (!view) {
      view = { letter, lost: false, node: make("article", { class: "exchange mine", tabindex: "-1" }) };
      this.#views.set(letter.body.id, view);
      if (letter.thread === this.thread) this.list.append(view.node);
    }
    view.lost = false;
    this.#draw(view, state);
    return view;
  }

  #draw(view, state, problem = "") {
    const { letter, node } = view;
    const status = state === "sending"
      ? make("p", { class: "state" }, make("span", { class: "spinner", "aria-hidden": "true" }), make("span", { words: "sending" }))
      : make("div", { class: "trouble", role: "alert" }, icon("warn"),
        make("p", {}, make("strong", { words: "not_sent" }), " ", problem),
        make("div", { class: "actions" },
          button({ words: "try_again", icon: "again", class: "quiet", onclick: () => this.#post(letter) }),
          button({ words: "take_back", icon: "edit", class: "quiet", onclick: () => this.#takeBack(letter) })));
    node.replaceChildren(make("div", { class: "said" }, make("p", { class: "words", dir: "auto" }, letter.shown)), status);
  }

  #takeBack(letter) {
    tell(this.list, "reword", letter.body.text ? letter.shown : letter.body.prompt ?? "");
    this.#forget(letter);
  }

  #forget(letter) {
    remember(this.name, this.#others(letter.body.id));
    this.#views.get(letter.body.id)?.node.remove();
    this.#views.delete(letter.body.id);
  }

  #others(id) {
    const left = this.#kept().filter((letter) => letter.body.id !== id);
    return left.length ? left : null;
  }

  /** Another tab has sent or added something. */
  #follow() {
    const kept = new Set(this.#kept().map((letter) => letter.body.id));
    for (const [id, view] of this.#views) {
      if (!kept.has(id)) {
        view.node.remove();
        this.#views.delete(id);
      }
    }
  }

  #kept() {
    const kept = recall(this.name);
    return Array.isArray(kept) ? kept : [];
  }
}
