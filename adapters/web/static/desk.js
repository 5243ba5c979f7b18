/** Keeps a desk's page as new as the server's, and tells times in the reader's own zone. */
const EVERY_MS = 2000;
const fields = (main) => [...main.querySelectorAll("textarea, input[name=text]")];

function tellTimes() {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const node of document.querySelectorAll("time")) node.textContent = form.format(new Date(node.dateTime));
}

/** Take over what is new; what somebody is writing stays, and they are told. */
async function look() {
  const main = document.querySelector("main[data-version]");
  if (!main || document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("main[data-version]");
  if (!fresh || fresh.dataset.version === main.dataset.version) return;
  const live = document.getElementById("live");
  if (live.textContent !== fresh.dataset.news) live.textContent = fresh.dataset.news;
  const writing = fields(main).some((field) => field.value !== field.defaultValue);
  live.classList.toggle("unseen", !writing);
  if (writing) return;
  const at = document.activeElement?.id;
  main.replaceWith(document.adoptNode(fresh));
  tellTimes();
  if (at) document.getElementById(at)?.focus();
}

tellTimes();
setInterval(look, EVERY_MS);
