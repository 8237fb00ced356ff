import { labelOf, typeOf, valueInWords } from "./act-parameters.js";
import { element } from "./element.js";
import { sendJson } from "./request.js";

const people = new Map();

function personNamed(id) {
  if (!people.has(id)) {
    const found = sendJson(`/api/people/${encodeURIComponent(id)}`);
    found.catch(() => people.delete(id)); // Asked again with the next act that concerns them.
    people.set(id, found);
  }
  return people.get(id);
}

/** Shows the id of a person, and the name in its place as soon as it is known. */
async function fillIn(place, id) {
  try {
    const { name, displayName } = await personNamed(id);
    place.textContent = displayName && displayName !== name ? `${displayName} (${name})` : name;
  } catch {
    // The id stays: it says who it is, if not by name.
  }
}

/** The parameters of an act in words, as label and text of each. */
export function parametersOf(act, kind) {
  return Object.entries(act.parameters ?? {}).map(([name, value]) => {
    const place = element("span", {}, valueInWords(value));
    if (typeOf(name, kind) === "person" && typeof value === "string") fillIn(place, value);
    return [labelOf(name), place];
  });
}
