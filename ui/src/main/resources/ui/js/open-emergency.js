import { refreshCollections } from "./choose-collection.js";
import { byId } from "./element.js";
import { emergencyWish, mayAsk } from "./emergency-rules.js";
import { sendJson } from "./request.js";
import { addEmergency } from "./show-emergencies.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const value = (id) => byId(id).value;

async function open() {
  // A number field gives "" for what is no number, which would count as "as long as the house allows".
  if (byId("emergency-minutes").validity.badInput) throw new Unfit(strings.emergency.badMinutes, "emergency-minutes");
  const json = emergencyWish({
    collection: value("emergency-collection"),
    reason: value("emergency-reason"),
    minutes: value("emergency-minutes"),
  });
  const emergency = await sendJson("/api/emergencies", { method: "POST", json });
  byId("emergency").close();
  addEmergency(emergency);
  await refreshCollections(emergency.collection);
}

/** A reason is told to the reviewer, and stays with nobody else. */
function forget() {
  byId("emergency-form").reset();
  byId("emergency-problem").textContent = "";
  for (const field of byId("emergency-form").querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/** Lets the reader open a collection in an emergency, and say why. */
export function startEmergencies() {
  const dialog = byId("emergency");
  state.addEventListener("account", () => {
    byId("open-emergency").hidden = !mayAsk(state.account.person.roles);
  });
  byId("open-emergency").addEventListener("click", () => dialog.showModal());
  byId("cancel-emergency").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", forget);
  onSubmit("emergency-form", "emergency-problem", open);
}
