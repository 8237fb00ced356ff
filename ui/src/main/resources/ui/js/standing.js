import { element } from "./element.js";
import { strings } from "./strings.js";
import { date } from "./time.js";

const words = strings.standing;

/** What a reader must know of how a source stands: not in force, or due for a review; each as a short text. */
export function standingNotes(standing) {
  if (!standing) return [];
  const notes = [];
  if (standing.standing !== "in-force") notes.push(words[standing.standing]?.(shown(standing)) ?? standing.standing);
  if (standing.reviewDue) notes.push(words.reviewDue(date(standing.reviewOn)));
  return notes;
}

function shown({ effectiveOn, expiresOn, supersededOn }) {
  return { effectiveOn: effectiveOn && date(effectiveOn), expiresOn: expiresOn && date(expiresOn), supersededOn: supersededOn && date(supersededOn) };
}

/** The same as marks beside the source; nothing where it is simply in force. */
export function standingMarks(standing) {
  return standingNotes(standing).flatMap((note) => [" ", element("strong", { class: "overdue", "data-testid": "standing" }, note)]);
}
