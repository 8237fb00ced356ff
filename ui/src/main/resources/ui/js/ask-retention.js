import { byId, element } from "./element.js";
import { MIN_REASON } from "./evidence-rules.js";
import { refreshOversight } from "./load-oversight.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const words = strings.retention;
const MOST_DAYS = 36_500;
const BY_COLLECTION = ["questions", "documents"];
const byCollection = () => BY_COLLECTION.includes(byId("rule-of").value);

async function ask() {
  const days = byId("rule-days").value.trim();
  const reason = byId("rule-reason").value.trim();
  if (!/^\d{1,5}$/.test(days) || Number(days) > MOST_DAYS) throw new Unfit(words.badDays, "rule-days");
  if (reason.length < MIN_REASON) throw new Unfit(words.shortReason(MIN_REASON), "rule-reason");
  const collection = byCollection() ? byId("rule-collection").value.trim() : "";
  const parameters = { class: byId("rule-of").value, collection, days };
  await sendJson("/api/acts", { method: "POST", json: { kind: "set-retention", parameters, reason } });
  byId("rule-form").reset();
  showCollection();
  byId("rule-done").textContent = words.done;
  await refreshOversight();
}

function showCollection() {
  byId("rule-collection-field").hidden = !byCollection();
}

/** Lets an officer ask for a rule of retention, which takes another one's approval. */
export function startAskingForRules() {
  byId("rule-of").append(...Object.entries(words.classes).map(([of, text]) => element("option", { value: of }, text)));
  byId("rule-of").addEventListener("change", showCollection);
  byId("rule-form").addEventListener("input", () => (byId("rule-done").textContent = ""));
  onSubmit("rule-form", "rule-problem", ask);
}
