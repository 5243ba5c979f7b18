/** A picture to start from: dragged in, pasted or picked, sent up at once, and shown beside what is being written. */
import * as api from "./api.js";
import { button, make } from "./dom.js";
import { announce } from "./live.js";
import { text } from "./words.js";
import { strengthField } from "./tray.js";

const DEFAULT_STRENGTH = 0.6;
const MIB = 2 ** 20;

export class Reference {
  #stop = () => {};
  #address = "";

  /**
   * @param nodes `chip` (where it is shown), `attach`, `file`.
   * @param told `changed()` and `complain(words)`.
   */
  constructor(nodes, told) {
    Object.assign(this, { nodes, told, limits: null, possible: true, upload: null, busy: false, strength: DEFAULT_STRENGTH });
    nodes.attach.addEventListener("click", () => nodes.file.click());
    nodes.file.addEventListener("change", () => {
      this.take(nodes.file.files[0]);
      nodes.file.value = ""; // or the same file could not be picked again
    });
    addEventListener("paste", (event) => this.#brought(event, event.clipboardData));
    this.#dragging();
  }

  /** From `GET /me`: how large it may be, and whether the model can start from a picture. */
  offer({ limits, model }) {
    this.limits = limits;
    this.possible = model?.img2img ?? true;
    this.nodes.attach.disabled = !this.possible;
  }

  async take(file) {
    if (!file) return;
    this.put(null);
    const complaint = this.#complaint(file);
    this.told.complain(complaint);
    if (complaint) return;
    const bar = make("progress", { max: 1, value: 0, label: "uploading" });
    this.#address = URL.createObjectURL(file);
    this.#show(this.#address, file.name, bar);
    const [sent, stop] = api.upload(file, (part) => { bar.value = part; });
    this.#stop = stop;
    this.busy = true;
    announce("uploading");
    await this.#wait(sent);
  }

  /** Show an upload that is there already (from a draft), or none. */
  put(upload, strength = DEFAULT_STRENGTH) {
    this.#stop();
    URL.revokeObjectURL(this.#address);
    Object.assign(this, { upload, strength, busy: false });
    this.#stop = () => {};
    this.nodes.chip.replaceChildren();
    this.nodes.chip.hidden = !upload;
    if (upload) this.#show(api.uploadOf(upload.sha256), upload.name, this.#slider());
    this.told.changed();
  }

  async #wait(sent) {
    const mine = this.#stop;
    const done = await sent.catch((problem) => problem);
    if (mine !== this.#stop) return; // it was taken away, or another one chosen
    this.put(done instanceof Error ? null : done);
    if (done instanceof Error) this.told.complain(done.message);
    else announce("uploaded");
  }

  #complaint(file) {
    if (!this.possible) return text("no_img2img");
    if (file.type && !file.type.startsWith("image/")) return text("not_a_picture", { name: file.name });
    const most = this.limits?.upload_bytes ?? Infinity;
    if (file.size > most) return text("too_large", { mib: Math.ceil(file.size / MIB), most: Math.floor(most / MIB) });
    return "";
  }

  #show(address, name, below) {
    const remove = button({
      icon: "close", class: "icon small", label: "remove_reference",
      onclick: () => {
        this.put(null);
        this.nodes.attach.focus();
      },
    });
    this.nodes.chip.hidden = false;
    this.nodes.chip.replaceChildren(make("img", { src: address, alt: name }),
      make("div", { class: "about" }, make("p", { words: "start_from" }), below), remove);
  }

  #slider() {
    const changed = (value) => {
      this.strength = value;
      this.told.changed();
    };
    return strengthField(this.strength, changed).node;
  }

  #brought(event, data) {
    const file = [...(data?.files ?? [])][0];
    if (!file) return;
    event.preventDefault();
    this.take(file);
  }

  /** Anywhere on the page; a file that is dropped beside the page's own target must not replace the page. */
  #dragging() {
    const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const shown = (dropping) => document.body.classList.toggle("dropping", dropping);
    addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      shown(true);
    });
    addEventListener("dragleave", (event) => event.relatedTarget === null && shown(false));
    addEventListener("drop", (event) => {
      shown(false);
      if (carries(event)) this.#brought(event, event.dataTransfer);
    });
  }
}
