import { byId, element } from "./element.js";
import { keyWish, SCOPES } from "./key-rules.js";
import { refreshKeys } from "./list-keys.js";
import { sendJson } from "./request.js";
import { showIssuedKey } from "./show-issued-key.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const box = (scope) => byId(`scope-${scope}`);
const value = (id) => byId(id).value;

function choice(scope) {
  const attributes = { type: "checkbox", id: `scope-${scope}`, value: scope, "data-testid": `scope-${scope}` };
  const means = element("span", { class: "soft" }, ` ${strings.keys.scopeMeans[scope]}`);
  const label = element("label", { for: attributes.id }, scope, means);
  return element("div", { class: "choice" }, element("input", attributes), label);
}

async function make() {
  for (const field of ["key-requests", "key-questions"]) {
    // A number field gives "" for what is no number, which would count as no limit.
    if (byId(field).validity.badInput) throw new Unfit(strings.keys.badLimit, field);
  }
  const scopes = SCOPES.filter((scope) => box(scope).checked);
  const limits = { requests: value("key-requests"), questions: value("key-questions") };
  const json = keyWish({ name: value("key-name"), scopes, days: value("key-days"), ...limits });
  const issued = await sendJson("/api/keys", { method: "POST", json });
  byId("key-form").reset();
  showIssuedKey(issued, null);
  await refreshKeys();
}

/** Lets the reader make a key for a program. */
export function startMakingKeys() {
  byId("key-scopes").append(...SCOPES.map(choice));
  onSubmit("key-form", "key-problem", make);
}
