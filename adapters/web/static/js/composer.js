/** Where people say what they want; what is typed is kept until it has been sent. */
import { button, make } from "./dom.js";
import { recall, remember } from "./keep.js";
import { Options } from "./options.js";
import { Reference } from "./reference.js";
import { say, text } from "./words.js";

const KEEP_AFTER_MS = 150;
const TELL_LENGTH_FROM = 0.8;

export class Composer {
  #thread = null;
  #timer = 0;
  #limit = Infinity;
  #about = null;

  /**
   * @param nodes The form's nodes by id.
   * @param name What drafts are kept under.
   * @param send Called with `{ text, wishes, uploads, reply_to }`.
   */
  constructor(nodes, name, send) {
    Object.assign(this, { nodes, name, send });
    this.aboutChip = make("div", { class: "chip", hidden: true });
    const chip = make("div", { class: "chip reference", hidden: true });
    nodes.chips.append(this.aboutChip, chip);
    this.options = new Options(nodes, () => this.#changed());
    this.reference = new Reference({ chip, attach: nodes.attach, file: nodes.file },
      { changed: () => this.#changed(), complain: (words) => this.complain(words) });
    nodes.words.addEventListener("input", () => this.#changed());
    nodes.words.addEventListener("keydown", (event) => this.#key(event));
    nodes.composer.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    addEventListener("pagehide", () => this.#keep());
  }

  offer(me) {
    this.#limit = me.limits.text_characters;
    this.options.offer(me);
    this.reference.offer(me);
    this.options.put(recall(`${this.name}.options`) ?? {});
    this.#changed();
  }

  /** Show a conversation's draft. */
  open(thread) {
    this.#keep();
    this.#thread = thread;
    const draft = recall(this.#key_of(thread)) ?? {};
    this.nodes.words.value = draft.text ?? "";
    this.reference.put(draft.upload ?? null, draft.strength);
    this.about(draft.about ?? null);
    this.complain("");
    this.#changed();
  }

  /** Put words in front of whoever wants to say them again; what stands there already stays. */
  reword(words) {
    const typed = this.nodes.words.value.trim();
    this.nodes.words.value = typed ? `${words}\n${typed}` : words;
    this.#changed();
    this.focus();
  }

  /** Say that the next words are about this picture; null about none in particular. */
  about(picture) {
    this.#about = picture && { id: picture.id, image: picture.image, alt_text: picture.alt_text };
    this.aboutChip.hidden = !picture;
    this.aboutChip.replaceChildren();
    say(this.nodes.words, picture ? "change_hint" : "your_wish_hint", {}, "hint");
    if (!picture) return this.#changed();
    const remove = button({
      icon: "close", class: "icon small", label: "remove_about",
      onclick: () => {
        this.about(null);
        this.focus();
      },
    });
    this.aboutChip.append(make("img", { src: picture.image, alt: picture.alt_text }),
      make("div", { class: "about" }, make("p", { words: "change_this" })), remove);
    return this.#changed();
  }

  complain(words) {
    this.nodes.complaint.textContent = words;
  }

  focus() {
    this.nodes.words.focus();
  }

  #key(event) {
    // While an input method composes, Enter chooses its suggestion (229 is what Safari tells instead).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const words = this.nodes.words.value.trim();
    if (!words || this.nodes.send.disabled) return;
    const wishes = this.options.wishes();
    if (!wishes) return;
    const { upload, strength } = this.reference;
    this.send({
      text: words,
      wishes: upload ? { ...wishes, strength } : wishes,
      uploads: upload ? [upload.sha256] : [],
      reply_to: this.#about?.id ?? null,
    });
    this.nodes.words.value = "";
    this.reference.put(null);
    this.about(null);
    this.complain("");
    this.options.open(false);
    this.#keep();
    this.focus();
  }

  #changed() {
    const { words, send, counter } = this.nodes;
    const length = [...words.value.trim()].length;
    const near = length > this.#limit * TELL_LENGTH_FROM;
    counter.textContent = near ? text("length", { length, limit: this.#limit }) : "";
    counter.classList.toggle("over", length > this.#limit);
    send.disabled = length === 0 || length > this.#limit || this.reference?.busy;
    words.style.height = "auto";
    words.style.height = `${words.scrollHeight}px`;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keep(), KEEP_AFTER_MS);
  }

  #keep() {
    clearTimeout(this.#timer);
    if (this.#thread === null) return;
    const { upload, strength } = this.reference;
    const typed = this.nodes.words.value;
    const draft = typed || upload || this.#about ? { text: typed, upload, strength, about: this.#about } : null;
    remember(this.#key_of(this.#thread), draft);
    const { wanted } = this.options;
    remember(`${this.name}.options`, Object.keys(wanted).length ? wanted : null);
  }

  #key_of(thread) {
    return `${this.name}.draft.${thread}`;
  }
}
