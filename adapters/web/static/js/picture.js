/** One finished picture with its buttons. */
import * as api from "./api.js";
import { choiceLine } from "./choice.js";
import { button, icon, make, tell } from "./dom.js";
import { announce } from "./live.js";
import { prompts } from "./prompts.js";
import { Tray } from "./tray.js";

export class PictureView {
  /** @param told Notes that the reply tells already. */
  constructor(picture, canVary, told) {
    this.picture = picture;
    this.tray = new Tray();
    this.trouble = make("p", { class: "trouble", role: "alert", hidden: true });
    this.node = make("figure", { class: "picture", id: `p-${picture.id}`, tabindex: "-1" },
      this.#image(), make("figcaption", {}, this.#origin(), choiceLine(picture.choice), this.#bar(canVary), this.tray.node, this.trouble,
        prompts(picture, this.tray, told)));
  }

  #named(key) {
    return [key, { picture: this.picture.alt_text }];
  }

  #image() {
    const { image, alt_text: alt, width_px: width, height_px: height } = this.picture;
    const shown = make("img", { src: image, alt, width, height, decoding: "async", onerror: () => this.#look() });
    return make("button", {
      type: "button", class: "canvas", label: this.#named("enlarge"), onclick: () => tell(this.node, "enlarge", this.picture),
    }, shown);
  }

  #origin() {
    const { parent, source, same_as: same } = this.picture;
    const from = same ?? parent;
    if (!from) return null;
    const thumb = make("img", { src: api.imageOf(from), alt: "", width: 24, height: 24 });
    thumb.addEventListener("error", () => thumb.remove());
    const words = same ? "same_as" : source ? "varied_from" : "made_from";
    return make("p", { class: "origin" }, make("a", {
      href: api.imageOf(from),
      onclick: (event) => {
        event.preventDefault();
        tell(this.node, "seek", from);
      },
    }, icon("parent"), thumb, make("span", { words })));
  }

  #bar(canVary) {
    const { actions } = this.picture;
    const offers = (kind) => actions.some((action) => action.kind === kind);
    const act = (kind, more) => tell(this.node, "act", { picture: this.picture, kind, ...more });
    const change = button({
      icon: "change", words: "change", label: this.#named("change_of"),
      onclick: () => tell(this.node, "revise", this.picture),
    });
    const again = offers("again") && button({
      icon: "again", words: "again", label: this.#named("again_of"), onclick: () => act("again"),
    });
    const vary = offers("vary") && canVary && button({
      icon: "vary", words: "vary", label: this.#named("vary_of"), "aria-expanded": "false",
      onclick: () => this.tray.vary(vary, (strength) => act("vary", { strength })),
    });
    const undo = offers("undo") && button({
      icon: "undo", words: "undo", label: this.#named("undo_of"), onclick: () => act("undo"),
    });
    this.star = button({
      icon: "star", class: "icon star", label: this.#named("keep_of"), onclick: () => this.#keep(!this.picture.kept),
    });
    this.mark(this.picture.kept);
    const download = make("a", {
      class: "icon", href: `${this.picture.image}?download=1`, download: "", label: this.#named("download_of"),
    }, icon("download"));
    const remove = button({
      icon: "delete", class: "icon", label: this.#named("delete_of"), "aria-expanded": "false",
      onclick: () => this.tray.ask(remove, "delete_sure", "delete", () => this.#delete(remove)),
    });
    return make("div", { class: "bar" }, change, again, vary, undo,
      make("span", { class: "tools" }, this.star, download, remove));
  }

  /** Show whether it is one to keep. */
  mark(kept) {
    this.picture.kept = kept;
    this.star.setAttribute("aria-pressed", String(kept));
  }

  async #keep(kept) {
    this.mark(kept);
    try {
      await api.keepPicture(this.picture.id, kept);
      announce(kept ? "kept" : "kept_no_more");
    } catch (problem) {
      this.mark(!kept);
      this.#complain(problem);
    }
  }

  #complain(problem) {
    this.trouble.hidden = false;
    this.trouble.textContent = problem.message;
  }

  async #delete(opener) {
    opener.disabled = true;
    try {
      await api.deletePicture(this.picture.id);
    } catch (problem) {
      opener.disabled = false;
      if (problem.status !== 404) {
        this.#complain(problem);
        return;
      }
    }
    announce("picture_deleted");
    tell(this.node, "gone", { picture: this.picture, focus: true });
  }

  /** The image can't be shown: perhaps it was deleted in another tab. */
  async #look() {
    try {
      await api.picture(this.picture.id);
    } catch (problem) {
      if (problem.status === 404) tell(this.node, "gone", { picture: this.picture, focus: false });
    }
  }
}
