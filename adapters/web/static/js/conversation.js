/** The column of exchanges of one conversation: loaded, kept up to date, and scrolled as people expect. */
import * as api from "./api.js";
import { ExchangeView } from "./exchange.js";
import { Stream } from "./stream.js";

const PAGE = 30;
const NEAR_PX = 80;

export class Conversation {
  #views = new Map();
  #held = [];
  #more = false;
  #loading = null;

  /**
   * @param nodes `scroll`, `list`, `older`, `latest`.
   * @param told `changed(count)` after each change, `ready()` and `away(failures)` about the connection,
   *   `refused(problem)` when the history is not to be had, and `canVary()`.
   */
  constructor(nodes, outbox, told) {
    Object.assign(this, { nodes, outbox, told, thread: "", stuck: true });
    this.stream = new Stream({
      ready: () => this.#catchUp(), exchange: (exchange) => this.#heard(exchange), away: (failures) => told.away(failures),
    });
    nodes.scroll.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    nodes.latest.addEventListener("click", () => this.toLatest());
    // The composer has grown, or a keyboard has come up: what was at the bottom stays there.
    new ResizeObserver(() => this.stuck && this.toLatest()).observe(nodes.scroll);
    new IntersectionObserver(([seen]) => seen.isIntersecting && this.loadOlder(), { root: nodes.scroll, rootMargin: "300px 0px 0px" })
      .observe(nodes.older);
  }

  get empty() {
    return this.#views.size === 0 && this.outbox.list.childElementCount === 0;
  }

  get working() {
    return [...this.#views.values()].some((view) => view.working);
  }

  get pictures() {
    const views = [...this.nodes.list.children].map((node) => this.#views.get(node.dataset.job));
    return views.flatMap((view) => [...view.pictures.values()].map(({ picture }) => picture));
  }

  open(thread) {
    this.thread = thread;
    this.#clear();
    this.stuck = true;
    this.outbox.open(thread);
    this.stream.open(thread);
  }

  /** What the server made of something that was sent; null when it took nothing. */
  taken(exchange, thread) {
    if (exchange && thread === this.thread) this.#change(() => this.#put(exchange));
    if (this.outbox.sending === 0) this.#held.splice(0).forEach((held) => this.#heard(held));
  }

  /** Change something at the end of the column; whoever was reading there stays there. */
  grow(change) {
    this.#change(change);
  }

  toLatest() {
    this.nodes.scroll.scrollTop = this.nodes.scroll.scrollHeight;
  }

  /** Scroll to a picture, loading older messages until it is found; false where it isn't in this conversation. */
  async seek(id) {
    let found = document.getElementById(`p-${id}`);
    while (!found && this.#more && (await this.loadOlder())) found = document.getElementById(`p-${id}`);
    if (!found) return false;
    found.scrollIntoView({ block: "center" });
    found.focus({ preventScroll: true });
    found.classList.remove("found");
    requestAnimationFrame(() => found.classList.add("found"));
    return true;
  }

  /** Put older messages before the first; false where there are none, or they can't be had now. */
  async loadOlder() {
    if (!this.#more) return false;
    this.#loading ??= this.#older().finally(() => { this.#loading = null; });
    return this.#loading;
  }

  async #older() {
    const { thread } = this;
    const first = this.nodes.list.firstElementChild;
    const { messages } = await api.history(thread, first?.dataset.job ?? null, PAGE).catch(() => ({ messages: null }));
    if (thread !== this.thread || !messages) return false;
    const before = first?.getBoundingClientRect().top ?? 0;
    for (const exchange of messages) this.#put(exchange, true);
    // Nothing may jump: what was first stays where it was on the screen.
    if (first) this.nodes.scroll.scrollTop += first.getBoundingClientRect().top - before;
    this.#expectMore(messages.length === PAGE);
    return true;
  }

  #expectMore(more) {
    this.#more = more;
    this.nodes.older.hidden = !more;
  }

  async #catchUp() {
    const { thread } = this;
    const first = this.#views.size === 0;
    let messages;
    try {
      ({ messages } = await api.history(thread, null, PAGE));
    } catch (problem) {
      this.told.refused(problem);
      return;
    }
    if (thread !== this.thread) return;
    const gap = !first && messages.length === PAGE && !messages.some(({ id }) => this.#views.has(id));
    if (gap) this.#clear();
    this.#change(() => messages.forEach((exchange) => this.#put(exchange, first || gap)));
    if (first || gap) {
      this.#expectMore(messages.length === PAGE);
      this.toLatest();
    }
    this.told.ready();
    this.outbox.again();
  }

  /** While something is being sent, an exchange that nobody knows may be that very thing: wait for the answer. */
  #heard(exchange) {
    if (exchange.thread !== this.thread || this.#isOlder(exchange)) return;
    if (this.outbox.sending && !this.#views.has(exchange.id)) this.#held.push(exchange);
    else this.#change(() => this.#put(exchange));
  }

  /** Whether it belongs to a page that is not loaded yet; shown now, it would leave a gap behind it. */
  #isOlder({ id, created_at: at }) {
    const first = this.#views.get(this.nodes.list.firstElementChild?.dataset.job);
    return this.#more && !this.#views.has(id) && first && at < first.exchange.created_at;
  }

  #put(exchange, quiet = false) {
    let view = this.#views.get(exchange.id);
    if (!view) {
      view = new ExchangeView(exchange, this.told.canVary());
      view.node.dataset.job = exchange.id;
      this.#views.set(exchange.id, view);
      this.#place(view);
    }
    view.update(exchange, quiet);
  }

  #place(view) {
    const at = view.exchange.created_at;
    const nodes = this.nodes.list.children;
    let index = nodes.length;
    while (index > 0 && this.#views.get(nodes[index - 1].dataset.job).exchange.created_at > at) index -= 1;
    this.nodes.list.insertBefore(view.node, nodes[index] ?? null);
  }

  #change(change) {
    const { stuck } = this;
    change();
    if (stuck) this.toLatest();
    this.told.changed(this.#views.size);
  }

  #scrolled() {
    const { scroll, latest } = this.nodes;
    this.stuck = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
    latest.hidden = this.stuck;
  }

  #clear() {
    this.#views.clear();
    this.#held = [];
    this.nodes.list.replaceChildren();
    this.nodes.latest.hidden = true;
    this.#expectMore(false);
  }
}
