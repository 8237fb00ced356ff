import { byId, cell, element } from "./element.js";
import { factList } from "./fact-list.js";
import { send, sendJson } from "./request.js";
import { strings } from "./strings.js";
import { once } from "./submit-form.js";
import { ago, dateAndTime } from "./time.js";
import { whenShown } from "./when-shown.js";

const words = strings.proof;

function factsOf(log, witnessed, stamped) {
  const published = log?.checkpointAgeSeconds == null ? strings.status.noCheckpoint : ago(log.checkpointAgeSeconds);
  return factList([
    [words.log, words.logIs(log?.size ?? 0, published)],
    [words.witnessed, witnessed.size == null ? words.notWitnessed : words.witnessedTo(witnessed.size - 1, ago(witnessed.ageSeconds))],
    [words.stamped, stamped.size == null ? words.notStamped : words.stampedTo(stamped.size - 1, ago(stamped.ageSeconds))],
    [words.means, stamped.meaning],
  ]);
}

function warningsOf(witnessed, stamped) {
  const troubles = Object.entries(witnessed.troubles ?? {}).map(([name, why]) => words.trouble(name, why));
  return [witnessed.warning, ...troubles, stamped.trouble]
    .filter(Boolean)
    .map((text) => element("p", { class: "notice warn", "data-testid": "proof-warning" }, text));
}

function shardRow({ name, origin, opened, closed, vkey }) {
  return element(
    "tr",
    { "data-testid": "shard" },
    element("th", { scope: "row" }, name, element("span", { class: "path" }, origin)),
    cell(words.opened, dateAndTime(opened)),
    cell(words.closed, closed ? dateAndTime(closed) : words.open),
    cell(words.key, element("span", { class: "key" }, vkey)),
  );
}

function offerShards(shards) {
  const before = byId("bundle-shard").value;
  const closed = shards.filter((shard) => shard.closed).map(({ name }) => element("option", { value: name }, name));
  byId("bundle-shard").replaceChildren(element("option", { value: "" }, strings.bundle.openShard), ...closed);
  byId("bundle-shard").value = before;
}

/** Fetches anew how far the log is proved. */
export async function refreshProof() {
  const [{ log }, witnessed, { status: stamped }, shards] = await Promise.all([
    sendJson("/api/status"),
    sendJson("/api/audit/witnesses"),
    sendJson("/api/audit/timestamps?limit=1"),
    sendJson("/api/audit/shards"),
  ]);
  byId("proof-facts").replaceChildren(factsOf(log, witnessed, stamped));
  byId("proof-warnings").replaceChildren(...warningsOf(witnessed, stamped));
  byId("shards-body").replaceChildren(...shards.map(shardRow));
  byId("ask-witnesses").hidden = !witnessed.witnesses;
  byId("ask-authority").hidden = !stamped.authority;
  offerShards(shards);
}

/** No time limit: the appliance itself waits for each witness for so long and no longer. */
async function ask(path, done) {
  byId("proof-done").textContent = "";
  await send(path, { method: "POST" });
  await refreshProof();
  byId("proof-done").textContent = done;
}

/** Shows the log's shards, its witnesses and its time-stamps. */
export function startShowingProof() {
  whenShown("proof", "proof-problem", refreshProof);
  byId("ask-witnesses").addEventListener("click", once("proof-problem", () => ask("/api/audit/witnesses/ask", words.askedWitnesses)));
  byId("ask-authority").addEventListener("click", once("proof-problem", () => ask("/api/audit/timestamps/ask", words.askedAuthority)));
}
