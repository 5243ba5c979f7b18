/** A picture as large as the screen allows; arrow keys go through the conversation's pictures, Escape closes. */
import { button, icon, make } from "./dom.js";

export class Large {
  #pictures = [];
  #index = 0;

  constructor(dialog) {
    this.dialog = dialog;
    this.image = make("img", { alt: "" });
    this.caption = make("p", { class: "caption", dir: "auto" });
    this.download = make("a", { class: "icon", download: "", label: "download" }, icon("download"));
    const close = button({ icon: "close", class: "icon", label: "close", onclick: () => dialog.close() });
    this.back = button({ icon: "left", class: "icon", label: "previous_picture", onclick: () => this.#go(-1) });
    this.next = button({ icon: "right", class: "icon", label: "next_picture", onclick: () => this.#go(1) });
    dialog.append(make("div", { class: "row" }, this.back, this.next, make("span", { class: "gap" }), this.download, close),
      this.image, this.caption);
    dialog.addEventListener("click", (event) => [dialog, this.image].includes(event.target) && dialog.close());
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "ArrowLeft") this.#go(-1);
      if (event.key === "ArrowRight") this.#go(1);
    });
  }

  open(picture, pictures) {
    this.#pictures = pictures.some(({ id }) => id === picture.id) ? pictures : [picture];
    this.#index = this.#pictures.findIndex(({ id }) => id === picture.id);
    this.#show();
    this.dialog.showModal();
  }

  #go(steps) {
    const index = this.#index + steps;
    if (index < 0 || index >= this.#pictures.length) return;
    this.#index = index;
    this.#show();
  }

  #show() {
    const { image, alt_text: alt, width_px: width, height_px: height } = this.#pictures[this.#index];
    Object.assign(this.image, { src: image, alt, width, height });
    this.caption.textContent = alt;
    this.download.href = `${image}?download=1`;
    this.back.disabled = this.#index === 0;
    this.next.disabled = this.#index === this.#pictures.length - 1;
  }
}
