/** One exchange: what somebody said, and what has come of it. */
import * as api from "./api.js";
import { button, icon, make, tell } from "./dom.js";
import { announce, announceText } from "./live.js";
import { PictureView } from "./picture.js";
import { Progress } from "./progress.js";
import { proposalView } from "./proposal.js";

const ACTION_ICONS = { again: "again", vary: "vary", own_words: "words", prompt: "edit", use: "brush", undo: "undo" };

export class ExchangeView {
  #progress = null;
  #state = "";

  constructor(exchange, canVary) {
    Object.assign(this, { exchange, canVary, pictures: new Map() });
    this.answer = make("div", { class: "answer" });
    this.node = make("article", { class: "exchange", tabindex: "-1", label: ["exchange_of", { words: exchange.text }] },
      this.#said(), this.answer);
    this.node.addEventListener("gone", (event) => this.#gone(event.detail));
  }

  get working() {
    return this.exchange.state === "working";
  }

  update(exchange, quiet = false) {
    this.exchange = exchange;
    if (exchange.state === "working") {
      this.#working(exchange);
    } else if (exchange.state !== this.#state) {
      this.#over(exchange);
      if (!quiet) this.#announce(exchange);
    } else {
      this.#missing(exchange);
    }
    this.#state = exchange.state;
  }

  #said() {
    const { text, action, uploads, reply_to: about, created_at: at } = this.exchange;
    const time = new Date(at * 1000);
    const words = make("p", { class: "words", dir: "auto" }, action ? icon(ACTION_ICONS[action] ?? "again") : null, text);
    const brought = uploads.map((upload) => make("img", {
      class: "brought", src: api.uploadOf(upload.sha256), alt: upload.name, width: upload.width_px, height: upload.height_px,
    }));
    return make("div", { class: action ? "said pressed" : "said" }, ...brought, about ? this.#about(about) : null, words,
      make("time", { datetime: time.toISOString(), words: ["at", { time }] }));
  }

  #about(id) {
    const proposed = this.exchange.action === "use" || document.getElementById(`p-${id}`)?.matches(".proposal");
    const thumb = proposed ? null : make("img", { src: api.imageOf(id), alt: "", width: 28, height: 28 });
    thumb?.addEventListener("error", () => thumb.remove());
    return make("a", {
      class: "about", href: api.imageOf(id), label: "about_picture",
      onclick: (event) => {
        event.preventDefault();
        tell(this.node, "seek", id);
      },
    }, icon("parent"), thumb);
  }

  #working(exchange) {
    if (!this.#progress) {
      this.#progress = new Progress(exchange.id, exchange.text);
      this.answer.replaceChildren(this.#progress.node);
    }
    this.#progress.update(exchange.progress ?? { stage: "waiting", position: 0, step: 0, steps: 0, text: "" });
  }

  #over({ state, reply, text }) {
    const held = this.answer.contains(document.activeElement);
    this.#progress = null;
    const pictures = reply?.pictures ?? [];
    const proposals = reply?.proposals ?? [];
    const nothing = state === "done" && !reply?.text && !pictures.length && !proposals.length;
    const notes = untold(reply);
    this.answer.replaceChildren(...[
      nothing ? deleted() : null,
      state === "done" ? null : outcome(state, reply, text, this.node),
      state === "done" && reply?.text ? make("p", { class: "reply", dir: "auto" }, reply.text) : null,
      pictures.length ? make("div", { class: "pictures", "data-count": pictures.length }, ...pictures.map((one) => this.#picture(one))) : null,
      ...proposals.map((one) => proposalView(one, this.exchange.id)),
      notes.length ? make("ul", { class: "notes" }, ...notes.map((note) => make("li", { dir: "auto" }, note))) : null,
    ].filter(Boolean));
    if (held) this.node.focus(); // the button that had the focus is gone
  }

  #picture(picture) {
    const view = new PictureView(picture, this.canVary, this.exchange.reply.notes);
    this.pictures.set(picture.id, view);
    return view.node;
  }

  #announce({ state, reply }) {
    const pictures = reply?.pictures ?? [];
    if (state === "done" && pictures.length) {
      announce("ready", { n: pictures.length, picture: pictures.map((one) => one.alt_text).join(" ") });
    } else announceText(reply?.text ?? "");
  }

  /** Pictures may have been deleted, or marked as ones to keep, in another tab. */
  #missing({ reply }) {
    const left = new Map(reply?.pictures.map((picture) => [picture.id, picture]));
    for (const [id, view] of this.pictures) {
      if (left.has(id)) view.mark(left.get(id).kept);
      else this.#gone({ picture: view.picture, focus: false });
    }
  }

  /** A picture was deleted: a line stays in its place, and takes the focus that its button had. */
  #gone({ picture, focus }) {
    const view = this.pictures.get(picture.id);
    if (!view) return;
    this.pictures.delete(picture.id);
    const line = deleted();
    view.node.replaceWith(line);
    if (focus) line.focus();
  }
}

/** Notes that stand nowhere else: not those of proposals, of what was put right, and of what a look missed. */
function untold(reply) {
  const { notes = [], pictures = [], proposals = [] } = reply ?? {};
  const told = new Set([
    ...proposals.flatMap((one) => one.notes), ...pictures.flatMap(({ findings }) => findings.map(({ text }) => text)),
    ...pictures.flatMap(({ choice }) => choice?.scores[choice.chosen].missing ?? []),
  ]);
  return notes.filter((note) => !told.has(note));
}

function deleted() {
  return make("p", { class: "gone", tabindex: "-1" }, icon("delete"), make("span", { words: "picture_deleted" }));
}

function outcome(state, reply, words, node) {
  const failed = state === "failed";
  const again = button({
    icon: "edit", words: "ask_again", class: "quiet", label: ["ask_again_of", { words }],
    onclick: () => tell(node, "reword", words),
  });
  const told = failed && reply?.text ? make("p", { dir: "auto" }, reply.text) : make("p", { words: state });
  return make("div", { class: failed ? "trouble" : "stopped" }, icon(failed ? "warn" : "close"), told,
    make("div", { class: "actions" }, again));
}
