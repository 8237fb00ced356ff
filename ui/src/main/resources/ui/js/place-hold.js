import { announce } from "./announcer.js";
import { byId, element } from "./element.js";
import { MIN_REASON } from "./evidence-rules.js";
import { refreshHolds } from "./list-holds.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const words = strings.holds;
const USUAL = "reference";

function showValue() {
  const label = words.value[byId("hold-kind").value];
  byId("hold-value-field").hidden = !label;
  byId("hold-value-label").textContent = label ?? "";
}

async function place() {
  const kind = byId("hold-kind").value;
  const value = kind in words.value ? byId("hold-value").value.trim() : "";
  const reason = byId("hold-reason").value.trim();
  const reviewOn = byId("hold-review").value;
  if (kind in words.value && !value) throw new Unfit(words.noValue, "hold-value");
  if (reason.length < MIN_REASON) throw new Unfit(strings.retention.shortReason(MIN_REASON), "hold-reason");
  if (!reviewOn) throw new Unfit(words.noReview, "hold-review");
  await sendJson("/api/holds", { method: "POST", json: { kind, value, reason, reviewOn } });
  byId("hold-form").reset();
  showValue();
  byId("holds-heading").focus();
  announce(words.done);
  await refreshHolds();
}

/** Lets an officer place a hold; one person is enough for that. */
export function startPlacingHolds() {
  const offered = Object.entries(words.kinds).map(([kind, text]) => element("option", { value: kind, selected: kind === USUAL }, text));
  byId("hold-kind").append(...offered);
  byId("hold-kind").addEventListener("change", showValue);
  onSubmit("hold-form", "hold-problem", place);
  showValue();
}
