/** The list of conversations: beside the column on wide screens, in a sheet on narrow ones. */
import * as api from "./api.js";
import { make } from "./dom.js";

const WIDE = matchMedia("(min-width: 60rem)");

export const addressOf = (thread) => `#/${thread}`;

/** The conversation that the address names; null where it names none. */
export function named() {
  return /^#\/([a-z0-9-]{0,36})$/.exec(location.hash)?.[1] ?? null;
}

export class Threads {
  #known = [];

  /** @param nodes `side`, `panel`, `sheet`, `menu`, `threads`. */
  constructor(nodes) {
    this.nodes = nodes;
    nodes.menu.addEventListener("click", () => this.#openSheet());
    nodes.sheet.addEventListener("close", () => nodes.side.append(nodes.panel));
    nodes.sheet.addEventListener("click", (event) => {
      if (event.target === nodes.sheet || event.target.closest("a, #new")) nodes.sheet.close();
    });
    WIDE.addEventListener("change", () => nodes.sheet.close());
  }

  /** The latest conversation's name; '' where there is none. */
  get latest() {
    return this.#known[0]?.thread ?? "";
  }

  titleOf(thread) {
    return this.#known.find((known) => known.thread === thread)?.title ?? "";
  }

  has(thread) {
    return this.#known.some((known) => known.thread === thread);
  }

  async load() {
    ({ threads: this.#known } = await api.threads());
  }

  show(current) {
    this.nodes.threads.replaceChildren(...this.#known.map(({ thread, title }) => make("li", {}, make("a", {
      href: addressOf(thread), "aria-current": thread === current ? "page" : null, title, dir: "auto",
    }, title))));
  }

  #openSheet() {
    const { sheet, panel } = this.nodes;
    sheet.append(panel);
    sheet.showModal();
  }
}
