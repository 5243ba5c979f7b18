/** What would be painted, for whoever wants to be asked first: the prompt beside their words, and buttons to say yes. */
import { button, make, tell } from "./dom.js";
import { counts, explained, list } from "./prompts.js";
import { Tray } from "./tray.js";

const SAID = { use: ["brush", "use"], own_words: ["words", "own_words"], prompt: ["edit", "prompt"] };

export function proposalView(proposal, job) {
  const tray = new Tray();
  const press = (kind, more) => tell(node, "act", { picture: proposal, proposedBy: job, kind, ...more });
  const act = {
    use: () => press("use"),
    own_words: () => press("own_words"),
    prompt: (event) => tray.edit(event.currentTarget, proposal.prompt, (prompt) => press("prompt", { prompt })),
  };
  const found = proposal.findings.map(({ text }) => text);
  const notes = proposal.notes.filter((note) => !found.includes(note));
  const size = `${proposal.width_px} × ${proposal.height_px}`;
  const told = [proposal.style, size, proposal.model].filter(Boolean).join(" · ");
  const offered = proposal.actions.filter(({ kind }) => kind in act).map(({ kind }) => {
    const [icon, words] = SAID[kind];
    const label = [`${words}_of`, { picture: proposal.prompt }];
    return button({ icon, words, label, class: kind === "use" ? "main" : null, onclick: act[kind],
      "aria-expanded": kind === "prompt" ? "false" : null });
  });
  const node = make("section", { class: "proposal prompts", id: `p-${proposal.id}`, tabindex: "-1", label: "proposal" },
    make("header", {}, make("h3", { words: "proposal" }), counts(proposal)), ...explained(proposal),
    notes.length > 0 && list(notes), make("p", { class: "told", dir: "auto" }, told), make("div", { class: "actions" }, ...offered), tray.node);
  return node;
}
