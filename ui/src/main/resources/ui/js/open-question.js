import { byId, element } from "./element.js";
import { numbersOf } from "./evidence-rules.js";
import { sendJson } from "./request.js";
import { showComparison } from "./show-comparison.js";
import { showRecord } from "./show-record.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { whenShown } from "./when-shown.js";

let opened = "";

async function fetched(numbers) {
  if (numbers.length === 1) return showRecord(await sendJson(`/api/audit/questions/${numbers[0]}`));
  return showComparison(await sendJson(`/api/audit/compare?one=${numbers[0]}&other=${numbers[1]}`));
}

/** Opens what the address names, once: each look is on record. */
async function open() {
  const numbers = numbersOf(state.place);
  const wanted = numbers?.length && numbers.length <= 2 ? numbers.join("/") : "";
  byId("find").hidden = Boolean(wanted);
  byId("question-record").hidden = !wanted;
  if (wanted === opened) return;
  opened = wanted;
  if (!wanted) {
    byId("question-record").replaceChildren();
    byId("find-heading").focus();
    return;
  }
  const back = element("p", {}, element("a", { href: "#review", "data-testid": "back-to-search" }, strings.record.back));
  const place = byId("question-record");
  place.replaceChildren(back, element("p", { class: "soft", role: "status" }, strings.record.loading));
  try {
    const shown = await fetched(numbers);
    if (wanted !== opened) return;
    place.replaceChildren(back, ...shown);
    place.querySelector("h1").focus();
  } catch (error) {
    if (wanted !== opened) return;
    opened = "";
    place.replaceChildren(back, element("p", { class: "problem", role: "alert", "data-testid": "record-problem" }, error.message));
  }
}

/** Shows the question that the address names, or two of them beside each other. */
export function startOpeningQuestions() {
  whenShown("review", "find-problem", open);
}
