import { labelOf, listOf } from "./act-parameters.js";
import { announce } from "./announcer.js";
import { byId, element } from "./element.js";
import { refreshOversight } from "./load-oversight.js";
import { requestable } from "./oversight-rules.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { onSubmit, Unfit } from "./submit-form.js";

const words = strings.request;
const MIN_REASON = 10;
const fieldId = ({ name }) => `act-parameter-${name}`;
const chosen = () => state.oversight?.kinds.find(({ kind }) => kind === byId("act-kind").value);

function field(id, label, hint, long) {
  const about = [hint && `${id}-hint`, "act-problem"].filter(Boolean).join(" ");
  const attributes = { id, autocomplete: "off", spellcheck: "false", autocapitalize: "none", "aria-describedby": about, "data-testid": id };
  return element(
    "div",
    { class: "field" },
    element("label", { for: id }, label),
    hint ? element("p", { id: `${id}-hint`, class: "soft" }, hint) : null,
    long ? element("textarea", { ...attributes, rows: 3 }) : element("input", { ...attributes, required: true, maxlength: 256 }),
  );
}

function fieldOf(parameter) {
  const { name, what, type } = parameter;
  const label = labelOf(name);
  if (type === "person") return field(fieldId(parameter), words.person(label), what, false);
  if (type === "list") return field(fieldId(parameter), label, [what, words.listHint].filter(Boolean).join(" "), true);
  return field(fieldId(parameter), label, what, false);
}

function showFields() {
  const kind = chosen();
  byId("act-fields").replaceChildren(...(kind?.parameters ?? []).map(fieldOf));
}

async function personId(name, field) {
  try {
    return (await sendJson(`/api/people/named/${encodeURIComponent(name)}`)).id;
  } catch (error) {
    throw error.status === 404 ? new Unfit(words.noPerson(name), field) : error;
  }
}

async function valueOf(parameter) {
  const id = fieldId(parameter);
  const text = byId(id).value.trim();
  if (parameter.type === "list") return listOf(labelOf(parameter.name), text, id);
  if (!text) throw new Unfit(words.missing(labelOf(parameter.name)), id);
  return parameter.type === "person" ? personId(text, id) : text;
}

async function parametersFor(kind) {
  const wanted = {};
  for (const parameter of kind.parameters) wanted[parameter.name] = await valueOf(parameter);
  return wanted;
}

async function request() {
  const kind = chosen();
  if (!kind) throw new Unfit(words.noKind, "act-kind");
  const parameters = await parametersFor(kind);
  const reason = byId("act-reason").value.trim();
  if (reason.length < MIN_REASON) throw new Unfit(words.shortReason(MIN_REASON), "act-reason");
  await sendJson("/api/acts", { method: "POST", json: { kind: kind.kind, parameters, reason } });
  byId("act-form").reset();
  showFields();
  byId("acts-heading").focus();
  announce(words.done(strings.acts.kinds[kind.kind] ?? kind.kind));
  await refreshOversight();
}

/** Offers what the reader may ask for; what is chosen stays. */
function showKinds() {
  const select = byId("act-kind");
  const offered = requestable(state.oversight.kinds, state.account).map(({ kind }) => kind);
  if ([...select.options].slice(1).map(({ value }) => value).join() === offered.join()) return;
  const options = offered.map((kind) => element("option", { value: kind }, strings.acts.kinds[kind] ?? kind));
  select.replaceChildren(element("option", { value: "" }, words.choose), ...options);
  showFields();
}

/** Lets the reader ask for an act that takes two people. */
export function startRequestingActs() {
  state.addEventListener("oversight", showKinds);
  byId("act-kind").addEventListener("change", showFields);
  onSubmit("act-form", "act-problem", request);
}
