/** The colleagues' page: conversations that are people's, one of them open, and the words to answer it with. */
import { $, bubble, call, el, hex, words } from "./shared.js";

const EVERY_MS = 4000;
const say = words(navigator.language);
const headers = () => ({ Authorization: `Bearer ${sessionStorage.limnerKey}` });
let open = "", shown = "", listed = "", id = hex();

async function ask(path, body) {
  const answer = await call(path, headers(), body).catch(() => null);
  const isIn = answer?.status !== 401 && !!sessionStorage.limnerKey;
  $("problem").textContent = !answer ? say.offline : answer.status === 401 ? say.wrong : answer.ok ? "" : await answer.text();
  $("login").hidden = isIn;
  $("list").hidden = !isIn;
  $("talk").hidden = !(isIn && open);
  return answer?.ok ? answer : null;
}

async function look() {
  if (!sessionStorage.limnerKey) return;
  const all = await (await ask("colleague"))?.json();
  if (!all) return;
  const waiting = all.filter((one) => one.waits).length;
  document.title = `${waiting ? `(${waiting}) ` : ""}${say.choose}`;
  if (listed !== JSON.stringify([all, open])) {
    listed = JSON.stringify([all, open]);
    const had = document.activeElement?.dataset?.id;
    const buttons = all.map((one) => {
      const button = el("button", { className: one.waits ? "waits" : "", ariaPressed: one.conversation === open, onclick: () => choose(one.conversation) });
      button.dataset.id = one.conversation;
      button.append(one.text.slice(0, 120), el("br"), el("span", { className: "small" }, new Date(one.at * 1000).toLocaleString()));
      return button;
    });
    $("list").replaceChildren(...(all.length ? buttons : [el("p", { className: "small" }, say.none)]));
    buttons.find((one) => one.dataset.id === had)?.focus();
  }
  const talk = open && (await (await ask(`colleague/${open}`))?.json());
  if (!talk || shown === JSON.stringify(talk)) return;
  shown = JSON.stringify(talk);
  $("note").textContent = talk.state === "person" || talk.state === "waiting" ? talk.note : say.given;
  const names = { visitor: say.customer, limner: "Limner" };
  $("log").replaceChildren(...talk.items.map((one) => bubble(one, one.who || names[one.by], headers())));
  toEnd();
}

const toEnd = () => ($("log").scrollTop = $("log").scrollHeight);

async function choose(conversation) {
  open = conversation;
  await look();
  $("text").focus();
}

async function tell(more) {
  const said = { conversation: open, id, name: sessionStorage.limnerName, ...more };
  if (!(await ask("colleague", said))) return; // the same id again, when it is tried again, is the same message
  id = hex();
  $("text").value = "";
  await look();
}

for (const one of ["enter", "send", "release"]) $(one).textContent = say[one];
for (const one of ["name", "key", "text"]) $(one).placeholder = $(one).ariaLabel = say[one] ?? say.write;
$("list").ariaLabel = say.choose;
$("log").ariaLabel = say.log;
$("login").onsubmit = (event) => {
  event.preventDefault();
  Object.assign(sessionStorage, { limnerName: $("name").value, limnerKey: $("key").value });
  look();
};
$("form").onsubmit = (event) => (event.preventDefault(), $("text").value.trim() && tell({ text: $("text").value }));
$("release").onclick = () => tell({ release: true });
$("log").addEventListener("load", toEnd, true); // pictures
look();
setInterval(look, EVERY_MS);
