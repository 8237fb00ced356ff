import { announce } from "./announcer.js";
import { byId, cell, element } from "./element.js";
import { instantOf, queryOf } from "./evidence-rules.js";
import { sendJson } from "./request.js";
import { strings } from "./strings.js";
import { once, onSubmit, Unfit } from "./submit-form.js";
import { dateAndTime } from "./time.js";

const words = strings.find;
const value = (id) => byId(id).value.trim();
let wanted = "";
let next = null;
let shown = 0;

/** What a form was filled with: days of the reader as instants, and the ids of its fields behind this prefix. */
export function selection(prefix) {
  const from = instantOf(value(`${prefix}-from`));
  const to = instantOf(value(`${prefix}-to`), 1);
  if (from && to && from >= to) throw new Unfit(words.badDays, `${prefix}-to`);
  const fields = ["outcome", "reference", "actor", "document", "model"].map((name) => [name, value(`${prefix}-${name}`)]);
  return { from, to, ...Object.fromEntries(fields) };
}

function row(found) {
  const open = element("a", { href: `#review/${found.number}`, "aria-label": words.openLabel(found.number) }, String(found.number));
  const outcome = found.type === "asked" ? (strings.evidence.types[found.outcome] ?? words.unended) : found.type;
  return element(
    "tr",
    { "data-testid": "found", "data-number": found.number },
    element("th", { scope: "row" }, open),
    cell(words.time, dateAndTime(found.time)),
    cell(words.what, outcome),
    cell(words.who, element("span", { class: "id" }, found.person ?? found.actor)),
  );
}

async function fetchPage(before) {
  const page = await sendJson(`/api/audit/questions?${[wanted, queryOf({ before })].filter(Boolean).join("&")}`);
  const rows = (page.questions ?? []).map(row);
  if (before === null) byId("found-body").replaceChildren();
  byId("found-body").append(...rows);
  shown = byId("found-body").children.length;
  next = page.next ?? null;
  byId("found").hidden = !shown;
  byId("find-more").hidden = next === null;
  byId("found-count").textContent = shown ? words.found(shown, next !== null) : words.nothing;
  if (before !== null) rows[0]?.querySelector("a").focus();
}

async function search() {
  wanted = queryOf({ ...selection("find"), all: byId("find-all").checked });
  await fetchPage(null);
  announce(byId("found-count").textContent);
}

function openByNumber() {
  const number = value("find-number");
  if (!/^[1-9]\d{0,14}$/.test(number)) throw new Unfit(words.noNumber, "find-number");
  location.hash = `#review/${number}`;
}

/** Offers how a question can end. */
export function offerOutcomes(id) {
  const { any, types } = strings.evidence;
  const ends = Object.entries(types).filter(([type]) => type !== "asked" && type !== "retrieved");
  byId(id).replaceChildren(element("option", { value: "" }, any), ...ends.map(([type, text]) => element("option", { value: type }, text)));
}

/** Lets a compliance officer look for questions; not before he asks to, since that is on record. */
export function startFindingQuestions() {
  offerOutcomes("find-outcome");
  onSubmit("find-form", "find-problem", search);
  onSubmit("find-number-form", "find-number-problem", openByNumber);
  byId("find-more").addEventListener("click", once("find-problem", () => fetchPage(next)));
}
