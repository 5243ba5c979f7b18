/** What the page says beside the conversation: to screen readers, and in the line above the composer. */
import { make } from "./dom.js";
import { say, text } from "./words.js";

/** Have a screen reader say something when it has finished what it is saying. */
export function announce(key, filling) {
  announceText(text(key, filling));
}

export function announceText(words) {
  const live = document.getElementById("live");
  live.replaceChildren(make("p", {}, words)); // a new node is news even when the words are the same
}

/** The line above the composer; without a key it goes. `link` is [address, key]. */
export function banner(key = "", link = null) {
  const line = document.getElementById("banner");
  if ((line.firstElementChild?.dataset.words ?? "") === key) return;
  line.replaceChildren();
  if (!key) return;
  line.append(say(make("span"), key));
  if (link) line.append(" ", make("a", { href: link[0], words: link[1] }));
}
