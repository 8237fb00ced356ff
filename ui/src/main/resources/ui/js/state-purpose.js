import { byId, element } from "./element.js";
import { sendJson } from "./request.js";
import { fieldsFor, missingFrom, NOTHING_WANTED, statedBy } from "./stated.js";
import { state } from "./state.js";
import { strings } from "./strings.js";

const words = strings.purpose;
let wanted = NOTHING_WANTED;
let latest = 0;

function option(purpose) {
  return element("option", { value: purpose }, words.names[purpose] ?? purpose);
}

function show(requirement) {
  wanted = requirement;
  const fields = fieldsFor(wanted);
  const select = byId("purpose");
  const before = select.value;
  select.replaceChildren(element("option", { value: "" }, words.choose), ...wanted.purposes.map(option));
  select.value = wanted.purposes.includes(before) ? before : "";
  if (!fields.reference) byId("reference").value = "";
  byId("purpose-field").hidden = !fields.purpose;
  byId("reference-field").hidden = !fields.reference;
  byId("purpose-fields").hidden = !fields.purpose && !fields.reference;
  complain(null);
}

function complain(missing) {
  byId("purpose-problem").textContent = missing ? words.missing[missing] : "";
  for (const name of ["purpose", "reference"]) byId(name).setAttribute("aria-invalid", String(name === missing));
  if (missing) byId(missing).focus();
}

/** Asks anew what the chosen collection wants to know; what is stated already stays where it still fits. */
export async function refreshPurpose() {
  const request = ++latest;
  if (!state.collection) return;
  try {
    const found = await sendJson(`/api/collections/${encodeURIComponent(state.collection)}/purpose`);
    if (request === latest) show(found);
  } catch {
    // A question without what is wanted is refused with a sentence, and this is asked again.
  }
}

/** What is stated for the chosen collection; null, with a word at the field, where something wanted is missing. */
export function requireStated() {
  const stated = statedBy(wanted, { purpose: byId("purpose").value, reference: byId("reference").value });
  const missing = missingFrom(wanted, stated);
  complain(missing);
  return missing ? null : stated;
}

/** Lets the reader state why they ask, where the collection wants to know. */
export function startStatingPurpose() {
  state.addEventListener("collection", () => {
    show(NOTHING_WANTED); // What was stated for one collection is not carried over to another.
    refreshPurpose();
  });
}
