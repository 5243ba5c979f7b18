/** Puts the page together: what is pressed and said goes to Limner, what Limner tells is shown. */
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { icon, make, newId } from "./dom.js";
import { Large } from "./large.js";
import { announceText, banner } from "./live.js";
import { Outbox } from "./outbox.js";
import { addressOf, named, Threads } from "./threads.js";
import { choose, language, LANGUAGES, preferred, say, speak, text } from "./words.js";

const EXAMPLES = ["example_1", "example_2", "example_3", "example_4"];
const LONGEST_WAIT_MS = 15_000;
const REST_AFTER_MS = 60_000;

for (const node of document.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
const nodes = Object.fromEntries([...document.querySelectorAll("[id]")].map((node) => [node.id, node]));

class Page {
  #restTimer = 0;
  #news = false;

  constructor(me) {
    this.me = me;
    this.threads = new Threads(nodes);
    this.large = new Large(nodes.large);
    this.outbox = new Outbox(nodes.unsent, `${me.user}.unsent`, (...sent) => this.#taken(...sent));
    this.conversation = new Conversation(
      { scroll: nodes.scroll, list: nodes.exchanges, older: nodes.older, latest: nodes.latest }, this.outbox, {
        changed: () => this.#changed(), ready: () => this.#ready(), away: (failures) => this.#away(failures),
        refused: (problem) => this.#refused(problem), canVary: () => this.me.model?.img2img ?? true,
      });
    this.composer = new Composer(nodes, me.user, (message) => this.#say(message));
  }

  async start() {
    this.#meet(this.me);
    this.#listen();
    this.#offerExamples();
    await this.threads.load();
    if (named() === null) history.replaceState(null, "", addressOf(this.threads.latest));
    this.#open();
    nodes.starting.hidden = true;
    nodes.app.hidden = false;
    this.composer.open(named()); // once more, now that the field can be measured
    if (matchMedia("(hover: hover)").matches) this.composer.focus();
  }

  #listen() {
    addEventListener("hashchange", () => named() !== null && this.#open());
    document.querySelector(".skip").addEventListener("click", (event) => {
      event.preventDefault(); // the address names the conversation
      this.composer.focus();
    });
    for (const opener of [nodes.new, nodes["new-top"]]) opener.addEventListener("click", () => this.#begin());
    nodes.language.addEventListener("change", () => this.#speak(nodes.language.value));
    nodes["open-preferences"].addEventListener("click", () => this.#preferences());
    nodes.leave.addEventListener("click", async () => {
      await api.leave();
      location.assign("/login");
    });
    document.addEventListener("visibilitychange", () => this.#looked());
    const told = {
      act: ({ picture, proposedBy: job, kind, ...more }) => {
        const path = job ? `/messages/${job}/proposals/${picture.id}` : `/pictures/${picture.id}/actions`;
        this.#send(`${path}/${kind}`, more, text(kind));
      },
      revise: (picture) => {
        this.composer.about(picture);
        this.composer.focus();
      },
      reword: (words) => this.composer.reword(words),
      refused: (problem) => this.#refused(problem),
      stop: (wanted) => this.#stop(wanted),
      seek: (id) => this.#seek(id),
      enlarge: (picture) => this.large.open(picture, this.conversation.pictures),
    };
    for (const [name, heard] of Object.entries(told)) nodes.stage.addEventListener(name, (event) => heard(event.detail));
  }

  #meet(me) {
    this.me = me;
    this.composer.offer(me);
    nodes.notice.textContent = me.ai_notice;
    nodes.who.textContent = me.login ? me.name : "";
    nodes.leave.hidden = !me.login;
    nodes.language.replaceChildren(...Object.entries(LANGUAGES).map(([name, shown]) => make("option", { value: name, lang: name }, shown)));
    nodes.language.value = language();
  }

  /** The dialog comes only when somebody wants it: most never do. */
  async #preferences() {
    nodes.sheet.close();
    const { openPreferences } = await import("./preferences.js");
    await openPreferences(nodes.preferences, this.me);
  }

  async #speak(wanted) {
    await choose(wanted).catch(() => banner("away"));
    this.#meet(await api.me().catch(() => this.me));
    this.#entitle();
  }

  #offerExamples() {
    nodes.examples.replaceChildren(...EXAMPLES.map((key) => make("li", {}, make("button", {
      type: "button", words: key, onclick: () => this.#say({ text: text(key), wishes: {}, uploads: [], reply_to: null }),
    }))));
  }

  #open() {
    const thread = named() ?? "";
    this.conversation.open(thread);
    this.composer.open(thread);
    this.threads.show(thread);
    this.#entitle();
    nodes.empty.hidden = true;
  }

  #begin() {
    if (!(this.conversation.empty && !this.threads.has(this.conversation.thread))) location.hash = addressOf(newId(12));
    this.composer.focus();
  }

  #say(message) {
    const { wishes, uploads, reply_to: about, text: words } = message;
    const body = { text: words, ...(Object.keys(wishes).length && { wishes }), ...(uploads.length && { uploads }), ...(about && { reply_to: about }) };
    this.#send("/messages", body, words);
  }

  #send(path, body, shown) {
    this.conversation.stuck = true;
    this.conversation.grow(() => this.outbox.send(path, body, shown));
  }

  async #taken(exchange, thread) {
    this.conversation.taken(exchange, thread);
    if (exchange && !this.threads.has(thread)) await this.#list();
  }

  async #stop({ job, failed }) {
    try {
      await api.cancel(job);
    } catch (problem) {
      failed();
      this.composer.complain(problem.message);
    }
  }

  /** Show a picture in its place, or large where it was asked for in another conversation. */
  async #seek(id) {
    if (await this.conversation.seek(id)) return;
    try {
      this.large.open(await api.picture(id), []);
    } catch (problem) {
      this.composer.complain(problem.message);
    }
  }

  async #ready() {
    banner();
    const me = await api.me().catch(() => this.me);
    this.me = me;
    this.composer.reference.offer(me);
    banner(me.model ? "" : "no_painter");
    await this.#list();
  }

  async #list() {
    await this.threads.load().catch(() => {});
    this.threads.show(this.conversation.thread);
    this.#entitle();
  }

  #away(failures) {
    if (failures > 1) banner("away");
    // An event stream doesn't tell why it was refused; a plain call does.
    api.me().then(() => {}, (problem) => this.#refused(problem));
  }

  #refused(problem) {
    if ([401, 403].includes(problem.status)) banner("signed_out", ["/login", "sign_in"]);
    else if (problem.away) banner("away");
    else if (problem.status) announceText(problem.message);
  }

  #changed() {
    nodes.empty.hidden = !this.conversation.empty;
    if (document.hidden && !this.conversation.working) this.#news = true;
    this.#entitle();
  }

  #entitle() {
    const title = this.threads.titleOf(this.conversation.thread);
    if (title) nodes.title.replaceChildren(title);
    else say(nodes.title, "new_conversation");
    document.title = `${this.#news ? "● " : ""}${title ? `${title} · ` : ""}Limner`;
  }

  /** A tab that nobody looks at gives its connection back, unless a picture of it is being painted. */
  #looked() {
    clearTimeout(this.#restTimer);
    if (document.hidden) {
      this.#restTimer = setTimeout(() => this.conversation.working || this.conversation.stream.rest(), REST_AFTER_MS);
      return;
    }
    this.#news = false;
    this.#entitle();
    this.conversation.stream.again();
  }
}

/** Try until the server answers; what is said meanwhile needs no words table. */
async function patiently(get) {
  for (let wait = 500; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    try {
      return await get();
    } catch (problem) {
      if ([401, 403].includes(problem.status)) location.assign("/login");
      nodes.starting.textContent = problem.message;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

await patiently(() => speak(preferred()));
await new Page(await patiently(api.me)).start();
