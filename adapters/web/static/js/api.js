/** Limner's HTTP API, as its own documentation describes it (/api). */
import { language, text } from "./words.js";

const BASE = "/api/v1";

/** A call that came to nothing. `status` is 0 where no answer came; then the same call may be made again. */
export class Problem extends Error {
  constructor(status, { problem = "", remedy = "" } = {}) {
    super([problem || text("server_away"), remedy].filter(Boolean).map(sentence).join(" "));
    this.status = status;
  }

  /** Nobody answered, or something before Limner did: sending again may help, and harms nothing. */
  get away() {
    return [0, 502, 503, 504].includes(this.status);
  }
}

export const imageOf = (id) => `${BASE}/pictures/${encodeURIComponent(id)}/image`;
export const uploadOf = (sha256) => `${BASE}/uploads/${encodeURIComponent(sha256)}`;
export const eventsOf = (thread) => `${BASE}/events?thread=${encodeURIComponent(thread)}`;

export const me = () => call("GET", "/me");
export const threads = () => call("GET", "/threads");
export const picture = (id) => call("GET", `/pictures/${encodeURIComponent(id)}`);
export const deletePicture = (id) => call("DELETE", `/pictures/${encodeURIComponent(id)}`);
export const keepPicture = (id, kept) => call(kept ? "PUT" : "DELETE", `/pictures/${encodeURIComponent(id)}/keep`);
export const preferences = () => call("GET", "/preferences");
export const prefer = (wanted) => call("PUT", "/preferences", wanted);
export const learned = () => call("GET", "/learned");
export const forget = () => call("DELETE", "/learned");
export const cancel = (job) => call("DELETE", `/messages/${encodeURIComponent(job)}`);
export const post = (path, body) => call("POST", path, body);

export function history(thread, before = null, limit = 30) {
  const query = new URLSearchParams({ thread, limit });
  if (before) query.set("before", before);
  return call("GET", `/messages?${query}`);
}

export async function leave() {
  await fetch("/logout", { method: "POST", headers: { "X-Limner": "1" }, redirect: "manual" });
}

/** Send a picture; `onPart` is told the part that has gone, 0 to 1. The second value stops it. */
export function upload(file, onPart) {
  const request = new XMLHttpRequest(); // fetch can't tell how far an upload is
  request.open("POST", `${BASE}/uploads`);
  request.setRequestHeader("X-Limner", "1");
  request.setRequestHeader("Accept-Language", language());
  request.setRequestHeader("Content-Type", file.type || "image/unknown");
  request.setRequestHeader("X-Filename", encodeURIComponent([...file.name].slice(-80).join("")));
  request.responseType = "json";
  request.upload.onprogress = (event) => event.lengthComputable && onPart(event.loaded / event.total);
  const sent = new Promise((resolve, reject) => {
    const refused = () => reject(new Problem(request.status, request.response?.error));
    request.onload = () => (request.status === 201 ? resolve(request.response) : refused());
    request.onerror = refused;
    request.ontimeout = refused;
  });
  request.send(file);
  return [sent, () => request.abort()];
}

function sentence(words) {
  if (/[.!?。！？]$/.test(words)) return words;
  return words + (/\p{Script=Han}/u.test(words) ? "。" : ".");
}

async function call(method, path, body) {
  const headers = { "X-Limner": "1", "Accept-Language": language() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(BASE + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem(0);
  }
  const said = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (answer.ok) return said;
  throw new Problem(answer.status, said?.error);
}
