/** The changes of one conversation as they happen; it comes back by itself when the server was away. */
import { eventsOf } from "./api.js";

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;

export class Stream {
  #source = null;
  #timer = 0;
  #failures = 0;
  #thread = null;

  /**
   * @param told `ready()` on each connection (load the history now), `exchange(data)` on each change, `away(failures)`
   *   when the connection is lost or can't be made.
   */
  constructor(told) {
    this.told = told;
    addEventListener("online", () => this.again());
  }

  open(thread) {
    this.#thread = thread;
    this.#failures = 0;
    this.#connect();
  }

  /** Connect at once instead of waiting on. */
  again() {
    if (this.#thread !== null && this.#source?.readyState !== EventSource.OPEN) this.#connect();
  }

  /** Give the connection back: browsers allow six to a host over all tabs. */
  rest() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #connect() {
    this.rest();
    const source = new EventSource(eventsOf(this.#thread));
    this.#source = source;
    source.addEventListener("ready", () => {
      this.#failures = 0;
      this.told.ready();
    });
    source.addEventListener("exchange", (event) => this.told.exchange(JSON.parse(event.data)));
    source.addEventListener("error", () => source === this.#source && this.#lost());
  }

  #lost() {
    this.rest();
    this.#failures += 1;
    this.told.away(this.#failures);
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 1));
    this.#timer = setTimeout(() => this.#connect(), wait * (0.75 + Math.random() / 2));
  }
}
