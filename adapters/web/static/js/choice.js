/** How a picture was chosen among candidates: in a line below it, and with all figures in its fold. */
import { make } from "./dom.js";
import { language } from "./words.js";

/** 'Best of 4: shows what was asked 0.81, quality 0.64', and what a look at it did not find. */
export function choiceLine(choice) {
  if (!choice) return null;
  const { scores, chosen, rounds } = choice;
  const best = scores[chosen];
  const filling = { n: scores.length, consistency: figure(best.consistency), quality: figure(best.quality) };
  const found = best.missing && !best.missing.length && make("p", { words: "nothing_missing" });
  return make("div", { class: "choice" },
    make("p", { words: [scores.length > 1 ? "best_of_n" : "judged", filling] }),
    rounds > 0 && make("p", { words: ["painted_again", { n: rounds }] }), found, missing(best));
}

/** A table of all candidates. */
export function candidates(choice) {
  if (!choice) return null;
  const { judge, weight, scores, chosen } = choice;
  const columns = ["fact_seed", "consistency", "quality", "total"];
  const rows = scores.map((score, index) => make("tr", { class: index === chosen ? "chosen" : null },
    make("td", {}, String(score.seed)), ...[score.consistency, score.quality, score.total].map((value) => make("td", {}, figure(value))),
    make("td", {}, index === chosen ? make("span", { words: "chosen" }) : null)));
  return make("section", {},
    make("h3", { words: ["candidates", { n: scores.length, judge, weight: figure(weight) }] }),
    make("table", { class: "scores" },
      make("thead", {}, make("tr", {}, ...columns.map((words) => make("th", { scope: "col", words })), make("td"))),
      make("tbody", {}, ...rows)));
}

function missing({ missing: found }) {
  if (!found?.length) return null;
  return make("ul", { class: "notes" }, ...found.map((sentence) => make("li", { dir: "auto" }, sentence)));
}

function figure(value) {
  return new Intl.NumberFormat(language(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}
