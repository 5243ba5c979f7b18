/** What the browser keeps for this page; a browser that keeps nothing must not stop it. */
const PREFIX = "limner.";

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

/** Keep a value under a name; null forgets it. */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    return; // private windows and full disks: the page works, it only forgets
  }
}

/** Call back with a name when another tab has changed what is kept under it. */
export function onRemembered(told) {
  addEventListener("storage", (event) => event.key?.startsWith(PREFIX) && told(event.key.slice(PREFIX.length)));
}
