import { announce } from "./announcer.js";
import { refreshCollections } from "./choose-collection.js";
import { byId, element } from "./element.js";
import { noticeOf } from "./library.js";
import { ConnectionLost, sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { ago } from "./time.js";

const EVERY_MILLIS = 10_000;
const EVERY_MILLIS_WHEN_LOST = 3_000;
const words = strings.status;
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
let lostSince = null;

function stateOf(part) {
  return part?.state ?? (part?.ready === true ? "ready" : null) ?? words.unknown;
}

function witnessedIn(witnessed) {
  const told = witnessed?.size == null ? words.notWitnessed : words.witnessed(witnessed.size - 1, ago(witnessed.ageSeconds));
  return element("span", witnessed?.warning ? { class: "warning", title: witnessed.warning } : {}, told);
}

function partsOf({ log, inference = {}, parser, database }) {
  const workers = { chat: inference.chat, embedding: inference.embedding, parser, database };
  const model = inference.chat?.model;
  return [
    words.log(log?.size ?? 0, log?.checkpointAgeSeconds == null ? words.noCheckpoint : ago(log.checkpointAgeSeconds)),
    witnessedIn(log?.witnessed),
    words.model(model?.name ?? model ?? words.noModel),
    ...Object.entries(workers).filter(([, part]) => part).map(([name, part]) => words.worker(words.names[name], stateOf(part))),
  ];
}

function setText(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

function showLost(lost) {
  if (lost && !lostSince) lostSince = new Date();
  if (!lost && lostSince) {
    announce(words.back);
    refreshCollections();
  }
  if (!lost) lostSince = null;
  setText("connection-notice", lost ? words.lost(clock.format(lostSince)) : "");
  byId("connection-notice").hidden = !lost;
}

/** Says to everybody that nothing is answered while the log cannot be written, and when that is over. */
function showLog(log) {
  const before = state.log;
  state.log = log;
  const notice = noticeOf(log, strings.library);
  setText("log-stopped", notice?.text ?? "");
  // Apart from the text, which is spoken whenever it changes: reasons name how many bytes are left.
  setText("log-reason", notice?.reason ?? "");
  byId("log-notice").hidden = !notice;
  if (before?.stoppedReason && !notice) announce(strings.library.over);
}

/** Asks the appliance how it is; gives how its log is, null where that cannot be known. */
export async function refreshStatus() {
  try {
    const told = await sendJson("/api/status");
    byId("status").replaceChildren(...partsOf(told).map((part) => element("span", {}, part)));
    showLost(false);
    showLog(told.log ?? null);
    state.beat();
    return state.log;
  } catch (error) {
    showLost(error instanceof ConnectionLost);
    if (!lostSince) byId("status").textContent = error.message;
    return null;
  }
}

async function keepRefreshing() {
  await refreshStatus();
  setTimeout(keepRefreshing, lostSince ? EVERY_MILLIS_WHEN_LOST : EVERY_MILLIS);
}

async function warnOfDemonstration() {
  try {
    const { models = [] } = await sendJson("/api/models");
    const standIn = models.find((model) => model.role === "chat" && model.active && model.demonstrationOnly);
    byId("demonstration-notice").hidden = !standIn;
    byId("demonstration-notice").textContent = standIn ? words.demonstration(standIn.name) : "";
  } catch {
    setTimeout(warnOfDemonstration, EVERY_MILLIS); // The warning must not be lost with one failed request.
  }
}

/** Keeps the status line and the notices of the page up to date. */
export function startStatus() {
  addEventListener("offline", () => showLost(true));
  keepRefreshing();
  warnOfDemonstration();
}
