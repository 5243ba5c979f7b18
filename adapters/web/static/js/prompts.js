/** The fold below a picture: the asker's words beside the prompt, what differs, and how it was painted. */
import { candidates } from "./choice.js";
import { button, make, tell, unseen } from "./dom.js";
import { announce } from "./live.js";
import { say } from "./words.js";

const COPIED_FOR_MS = 2000;
const LETTERS = /[\p{L}\p{N}]/u; // a comma more or less is no difference worth telling

/** @param told Notes that stand elsewhere already. */
export function prompts(picture, tray, told) {
  const notes = picture.notes.filter((note) => !told.includes(note));
  const gist = make("span", { class: "gist", dir: "auto" }, picture.prompt);
  return make("details", { class: "prompts" },
    make("summary", {}, make("span", { class: "name", words: "words_and_prompt" }), gist, counts(picture)),
    ...explained(picture),
    buttons(picture, tray),
    notes.length > 0 && list(notes),
    candidates(picture.choice),
    facts(picture));
}

/** What became of the words, and why: the difference, what was added unasked, what the checker put right. */
export function explained(plan) {
  const { same, added, leftOut } = counted(plan.difference);
  return [
    comparison(plan, same, added || leftOut),
    plan.negative_prompt && part("negative_prompt", make("p", { dir: "auto" }, plan.negative_prompt)),
    additions(plan.brief),
    plan.findings.length > 0 && part("put_right", list(plan.findings.map(({ text }) => text))),
  ];
}

/** In short: how much was added, left out and put right. */
export function counts({ difference, findings }) {
  const { same, added, leftOut } = counted(difference);
  return make("span", { class: "count" }, ...[
    same && added && make("span", { class: "plus", words: ["added_n", { n: added }] }),
    same && leftOut && make("span", { class: "minus", words: ["left_out_n", { n: leftOut }] }),
    !same && make("span", { words: "rewritten" }),
    !added && !leftOut && make("span", { words: "as_you_said" }),
    findings.length > 0 && make("span", { class: "right", words: ["put_right_n", { n: findings.length }] }),
  ].filter(Boolean));
}

/** What was filled in because the words left it open. */
function additions(brief) {
  const open = brief.added.filter((name) => typeof brief[name] === "string" && brief[name]);
  if (!open.length) return null;
  return part("added_why", make("dl", { class: "additions" }, ...open.map((name) =>
    make("div", {}, make("dt", { words: `brief_${name}` }), make("dd", { dir: "auto" }, brief[name])))));
}

export function list(notes) {
  return make("ul", { class: "notes" }, ...notes.map((note) => make("li", { dir: "auto" }, note)));
}

/**
 * Two texts; in the first what the prompt left out is struck through, in the second what it adds is marked. Where they
 * have nothing in common (another language) marks would cover all, so there are none.
 */
function comparison({ difference, request, prompt }, same, differs) {
  if (!differs) return part("your_words_and_prompt", make("p", { dir: "auto" }, prompt));
  const words = same ? difference.filter(({ kind }) => kind !== "added").map(piece) : [request];
  const written = same ? difference.filter(({ kind }) => kind !== "left_out").map(piece) : [prompt];
  return make("div", { class: "comparison" },
    part("your_words", make("p", { dir: "auto" }, ...words)), part("my_prompt", make("p", { dir: "auto" }, ...written)));
}

function piece({ kind, text }) {
  if (kind === "same" || !LETTERS.test(text)) return text;
  const [, before, marked, after] = /^(\s*)(.*?)(\s*)$/s.exec(text);
  const [tag, words] = kind === "added" ? ["ins", "added_here"] : ["del", "left_out_here"];
  const mark = make(tag, {}, unseen(words), marked, unseen("until_here"));
  return make("span", {}, before, mark, after);
}

function part(title, body) {
  return make("section", {}, make("h3", { words: title }), body);
}

function buttons(picture, tray) {
  const offers = (kind) => picture.actions.some((action) => action.kind === kind);
  const named = (key) => [key, { picture: picture.alt_text }];
  const copy = button({ icon: "copy", words: "copy_prompt", class: "quiet", label: named("copy_prompt_of") });
  copy.addEventListener("click", () => copied(copy, picture.prompt));
  const own = offers("own_words") && button({
    icon: "words", words: "own_words", class: "quiet", label: named("own_words_of"),
    onclick: (event) => tell(event.target, "act", { picture, kind: "own_words" }),
  });
  const edit = offers("prompt") && button({
    icon: "edit", words: "prompt", class: "quiet", label: named("prompt_of"), "aria-expanded": "false",
    onclick: () => tray.edit(edit, picture.prompt, (prompt) => tell(edit, "act", { picture, kind: "prompt", prompt })),
  });
  return make("div", { class: "actions" }, own, edit, copy);
}

async function copied(opener, words) {
  const done = await copyText(words, opener);
  announce(done ? "copied" : "not_copied");
  const face = opener.querySelector(".face");
  say(face, done ? "copied" : "not_copied");
  setTimeout(() => say(face, "copy_prompt"), COPIED_FOR_MS);
}

/** Without a secure context (plain http on a network) browsers have no clipboard object; the old way still works. */
async function copyText(words, opener) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = make("textarea", { class: "unseen", readonly: true });
    field.value = words;
    opener.after(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    opener.focus();
    return done;
  }
}

function facts(picture) {
  const told = {
    model: picture.model, style: picture.style, seed: String(picture.seed), steps: String(picture.steps),
    guidance: picture.guidance_scale, size: `${picture.width_px} × ${picture.height_px}`,
    strength: picture.strength, seconds: Math.round(picture.seconds * 10) / 10,
  };
  const rows = Object.entries(told).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return make("dl", { class: "facts" }, ...rows.map(([name, value]) =>
    make("div", {}, make("dt", { words: `fact_${name}` }), make("dd", {}, String(value)))));
}

function counted(difference) {
  const count = (kind) => difference.filter((part) => part.kind === kind && LETTERS.test(part.text)).length;
  return { same: count("same"), added: count("added"), leftOut: count("left_out") };
}
