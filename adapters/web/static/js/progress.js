/** How far a message is: place in line, the assistant's words, loading, painting with its preview, judging. */
import { button, make, tell } from "./dom.js";
import { announce } from "./live.js";
import { say } from "./words.js";

const MOST_BLUR_PX = 10;
const PAINTING = ["painting", "judging", "looking"]; // what is judged stays in sight

export class Progress {
  #stage = "";
  #preview = "";

  constructor(job, words) {
    this.state = make("p", { class: "state" });
    this.spinner = make("span", { class: "spinner", "aria-hidden": "true" });
    this.line = make("span");
    this.state.append(this.spinner, this.line);
    this.said = make("p", { class: "reply", dir: "auto", hidden: true });
    this.image = make("img", { alt: "", hidden: true });
    this.easel = make("div", { class: "easel", hidden: true }, this.image);
    this.bar = make("progress", { max: 1, label: "painting_progress", hidden: true });
    const cancel = button({ words: "cancel", icon: "close", class: "quiet", label: ["cancel_of", { words }] });
    cancel.addEventListener("click", () => {
      cancel.disabled = true;
      tell(cancel, "stop", { job, failed: () => { cancel.disabled = false; } });
    });
    this.node = make("div", { class: "progress" }, this.said, this.easel, this.bar,
      make("div", { class: "row" }, this.state, cancel));
  }

  /** Show an `Exchange.progress`. */
  update(progress) {
    this.#say(progress);
    this.said.textContent = progress.text;
    this.said.hidden = !progress.text;
    const painting = PAINTING.includes(progress.stage);
    this.bar.hidden = !painting || !progress.steps;
    if (progress.steps) Object.assign(this.bar, { max: progress.steps, value: progress.step });
    this.easel.hidden = !painting;
    if (progress.preview) this.#sharpen(progress);
  }

  #say({ stage, position, step, steps, candidate, candidates, estimate_s: estimate }) {
    const seconds = estimate ? Math.max(1, Math.round(estimate)) : 0;
    const waiting = position > 0 ? "waiting_at" : "waiting";
    const painting = candidates > 1 ? "painting_candidate" : steps ? "painting_step" : "painting";
    const key = { waiting, painting }[stage] ?? stage;
    const filling = { position, step, steps, candidate, candidates, seconds };
    say(this.line, seconds && stage === "waiting" ? `${key}_for` : key, filling);
    if (stage !== this.#stage) announce(key, filling); // a reader is told of stages, not of every step
    this.#stage = stage;
  }

  /** Swap the preview once the new one has loaded, and let it come into focus as the steps go by. */
  #sharpen({ preview, step, steps }) {
    if (preview === this.#preview) return;
    this.#preview = preview;
    const next = new Image();
    next.onload = () => {
      this.image.src = preview;
      this.image.hidden = false;
      this.image.style.filter = `blur(${MOST_BLUR_PX * (1 - step / Math.max(steps, 1))}px)`;
      this.easel.style.aspectRatio = `${next.naturalWidth} / ${next.naturalHeight}`;
    };
    next.src = preview;
  }
}
