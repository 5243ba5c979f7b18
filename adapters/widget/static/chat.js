/** A visitor's chat: what they say is kept until the server has it, and what was said stands as the server tells it. */
import { $, bubble, call, el, hex, words } from "./shared.js";

const settings = JSON.parse(document.body.dataset.settings);
const embedded = parent !== window;
const given = new URLSearchParams(embedded ? location.search : "");
const say = words(given.get("language") ?? navigator.language);
const language = document.documentElement.lang.slice(0, 2);
const tell = (what) => embedded && parent.postMessage(`limner:${what}`, "*");
const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
let kept = {}; // for as long as the page is there, where the browser lets a frame keep nothing
try {
  kept = localStorage;
} catch {}
const headers = () => ({ "X-Limner-Secret": kept.limnerSecret });
const pending = () => JSON.parse(kept.limnerPending ?? "[]");
const keep = (all) => (kept.limnerPending = JSON.stringify(all));
const log = $("log"), text = $("text"), nodes = new Map();
let talk = { items: [], state: "" }, mine = pending(), brought = "", sending = false, following = null, trouble = "", loaded = false;

function rating(one) {
  const node = el("div", { className: "rating small" }, el("span", {}, say.helped));
  const rate = (helped, reason = "") => call(`messages/${one.job}/rating`, headers(), { helped, reason }).catch(() => null);
  const buttons = [true, false].map((helped) => {
    const button = el("button", { type: "button", ariaPressed: one.rated === helped }, helped ? `👍 ${say.yes}` : `👎 ${say.no}`);
    button.onclick = async () => {
      if (!(await rate(helped))?.ok) return;
      for (const other of buttons) other.ariaPressed = other === button;
      node.querySelector("form, p")?.remove();
      const why = el("input", { placeholder: say.why, ariaLabel: say.why, maxLength: 1000 });
      const form = el("form", {}, why, el("button", {}, say.send));
      form.onsubmit = (event) => (event.preventDefault(), rate(false, why.value), form.replaceWith(el("p", { role: "status" }, say.thanks)));
      node.append(helped ? el("p", { role: "status" }, say.thanks) : form);
      if (!helped) why.focus();
    };
    return button;
  });
  node.append(...buttons);
  return node;
}

function shown(one) {
  if (one.greeting) return [bubble({ by: "limner", text: one.greeting }, say.limner)];
  const node = bubble(one, one.who || say[one.by], headers());
  return one.job ? [node, rating(one)] : [node];
}

/** Bring the page to what the server tells; what has not changed stays as it is, with its focus. */
function render() {
  let fresh = null;
  const known = new Set(talk.items.map((one) => one.id));
  mine = mine.filter((one) => !known.has(one.id));
  const waiting = mine.map((one) => ({ ...one, by: "visitor", text: one.text || say.attached, pending: true }));
  const items = [{ id: "greeting", greeting: given.get("greeting") || settings.greeting[language] || say.greeting }, ...talk.items, ...waiting];
  const wanted = items.flatMap((one) => {
    const same = JSON.stringify({ ...one, rated: null });
    const was = nodes.get(one.id);
    if (was?.same !== same) {
      nodes.set(one.id, { same, all: shown(one) });
      nodes.get(one.id).all[0].classList.toggle("pending", !!one.pending);
      fresh = nodes.get(one.id).all[0];
      if (loaded && one.by !== "visitor") tell("fresh");
    }
    return nodes.get(one.id).all;
  });
  for (const node of [...log.children]) if (!wanted.includes(node)) node.remove();
  wanted.forEach((node, at) => log.children[at] === node || log.insertBefore(node, log.children[at] ?? null));
  const state = { typing: say.typing, waiting: say.waiting, person: say.has }[talk.state] ?? "";
  if ($("state").textContent !== (trouble || state)) $("state").textContent = trouble || state;
  $("anew").hidden = items.length < 2;
  if (fresh) log.scrollTop = fresh.offsetTop - log.offsetTop - 72; // its beginning, below the end of what it answers
}

async function flush() {
  if (sending) return;
  sending = true;
  for (let wait_s = 1; pending().length; ) {
    const [first] = pending();
    const answer = await call("messages", headers(), first).catch(() => null);
    const later = !answer || answer.status >= 500 || [408, 429].includes(answer.status);
    trouble = !later ? "" : answer?.status === 429 ? say.slow : say.offline;
    if (!later) {
      keep(pending().filter((one) => one.id !== first.id));
      if (!answer.ok) {
        mine = mine.filter((one) => one.id !== first.id);
        $("problem").textContent = say.refused;
        text.value ||= first.text;
      }
      follow();
    }
    render();
    if (later) await pause(Number(answer?.headers.get("Retry-After")) || wait_s);
    wait_s = later ? Math.min(wait_s * 2, 30) : 1;
  }
  sending = false;
}

/** Follow the conversation for as long as the page is there; a stream that says nothing for a minute is dead. */
async function follow() {
  if (following || !kept.limnerSecret) return;
  const mark = (following = {});
  for (let wait_s = 1; following === mark; wait_s = Math.min(wait_s * 2, 30)) {
    const dead = (mark.stop = new AbortController());
    let retry_s = 0;
    try {
      const answer = await fetch("/widget/api/stream", { headers: headers(), signal: dead.signal });
      retry_s = Number(answer.headers.get("Retry-After"));
      const reader = answer.ok && answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = "", timer; reader; ) {
        timer = setTimeout(() => dead.abort(), 60_000);
        const { done, value } = await reader.read();
        clearTimeout(timer);
        if (done) break;
        const events = (rest + value).split("\n\n");
        rest = events.pop();
        for (const event of events) {
          const data = event.split("\n").find((line) => line.startsWith("data:"));
          if (!data || following !== mark) continue;
          talk = JSON.parse(data.slice(5));
          wait_s = 1;
          render();
          loaded = true;
        }
      }
    } catch {} // the connection is gone: it is tried again
    await pause(retry_s || wait_s);
  }
}

async function attach() {
  const [file] = $("file").files;
  $("file").value = "";
  if (!file) return;
  $("problem").textContent = file.size > settings.upload_bytes ? say.large : "";
  if (file.size > settings.upload_bytes) return;
  kept.limnerSecret ??= hex();
  const answer = await call("pictures", headers(), file).catch(() => null);
  if (answer?.ok) brought = (await answer.json()).sha256;
  else $("problem").textContent = answer?.status === 429 ? say.slow : answer ? say.refused : say.offline;
  $("brought").hidden = !brought;
  text.focus();
}

function submit() {
  if (!text.value.trim() && !brought) return;
  kept.limnerSecret ??= hex();
  const said = { id: hex(), text: text.value.trim(), picture: brought, language };
  keep([...pending(), said]);
  mine.push(said);
  text.value = brought = $("problem").textContent = "";
  $("brought").hidden = true;
  render();
  flush();
}

/** Show the conversation that the browser keeps the secret of now. */
function turn() {
  following?.stop?.abort();
  following = null;
  (talk = { items: [], state: "" }), (mine = pending()), nodes.clear(), log.replaceChildren();
  render();
  follow();
}

function anew() {
  delete kept.limnerSecret;
  keep([]);
  turn();
  text.focus();
}

$("title").textContent = document.title = given.get("title")?.slice(0, 60) || settings.title[language] || say.title;
$("by").textContent = say.by;
$("brought").firstElementChild.textContent = say.attached;
for (const id of ["anew", "close", "attach", "send"]) $(id).ariaLabel = $(id).title = say[id];
$("brought").lastElementChild.ariaLabel = say.remove;
text.placeholder = text.ariaLabel = say.write;
log.ariaLabel = say.log;
if (given.get("ink")) for (const [name, value] of [["--own", "colour"], ["--on-own", "ink"]]) document.documentElement.style.setProperty(name, given.get(value));
$("close").hidden = !embedded;
$("close").onclick = () => tell("close");
$("anew").onclick = anew;
$("attach").onclick = () => $("file").click();
$("file").onchange = attach;
$("brought").lastElementChild.onclick = () => (($("brought").hidden = true), (brought = ""), text.focus());
$("form").onsubmit = (event) => (event.preventDefault(), submit());
text.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && (event.preventDefault(), submit()));
addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && tell("close"));
addEventListener("message", ({ source, data }) => source === parent && data === "limner:focus" && text.focus());
addEventListener("storage", ({ key }) => (key ?? "limnerSecret") === "limnerSecret" && turn()); // begun anew in another tab
addEventListener("online", flush);
render();
log.role = "log"; // from now on: what stands there already is not read out
follow();
flush();
tell("ready");
