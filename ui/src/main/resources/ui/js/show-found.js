import { announce } from "./announcer.js";
import { citationList } from "./cite.js";
import { element } from "./element.js";
import { foundNotes } from "./library.js";
import { conflictOf, understoodOf } from "./show-final.js";
import { strings } from "./strings.js";

const words = strings.library;

/** Shows what a search found, and that nothing was answered. */
export function showFound(body, { passages, conflicts, understood, leaning }) {
  const notes = foundNotes(passages.length, leaning, words);
  const heading = element("h3", { "data-testid": "outcome" }, words.heading);
  const told = notes.map((text) => element("p", {}, text));
  body.append(
    element("div", { class: "notice warn", "data-testid": "not-answered" }, heading, ...told),
    ...conflicts.map(conflictOf),
    ...(passages.length ? [citationList(words.passages, passages, "found-passages")] : []),
    ...understoodOf({ understood }),
  );
  announce([`${words.heading}.`, ...notes].join(" "));
}
