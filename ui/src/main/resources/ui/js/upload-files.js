import { announce } from "./announcer.js";
import { byId } from "./element.js";
import { followJob } from "./follow-job.js";
import { filesOfDrop, filesOfInput, MOST_FILES } from "./gather-files.js";
import { ConnectionLost } from "./request.js";
import { sendFile } from "./send-file.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { UploadRow } from "./upload-row.js";

const AT_ONCE = 3;
const waiting = [];
const tally = { running: 0, all: 0, done: 0, failed: 0 };

function showSummary() {
  const text = strings.upload.summary(tally.done, tally.all, tally.failed);
  byId("upload-summary").textContent = text;
  if (tally.done !== tally.all) return;
  announce(text);
  state.documentsChanged();
}

async function upload(item) {
  const retry = () => {
    tally.done--;
    tally.failed--;
    waiting.push(item);
    startWaiting();
  };
  try {
    const job = await sendFile(item.collection, item, (percent) => item.row.sending(percent));
    return (await followJob(job, (seen) => item.row.job(seen))).state;
  } catch (error) {
    item.row.failed(error instanceof ConnectionLost ? strings.upload.notSent : error.message, retry);
    return "failed";
  }
}

async function run(item) {
  tally.running++;
  const ended = await upload(item);
  tally.running--;
  tally.done++;
  if (ended === "failed") tally.failed++;
  showSummary();
  startWaiting();
}

function startWaiting() {
  while (waiting.length && tally.running < AT_ONCE) run(waiting.shift());
}

function refuse(text) {
  byId("uploads").hidden = false;
  byId("upload-summary").textContent = text;
  announce(text);
}

function add(files) {
  if (!state.collection) return refuse(strings.upload.noCollection);
  if (!files.length) return refuse(strings.upload.nothing);
  if (files.length > MOST_FILES) return refuse(strings.upload.tooMany(MOST_FILES));
  byId("uploads").hidden = false;
  const items = files.map((file) => ({ ...file, collection: state.collection, row: new UploadRow(file.path) }));
  byId("upload-list").prepend(...items.map(({ row }) => row.element));
  waiting.push(...items);
  tally.all += items.length;
  showSummary();
  startWaiting();
}

function connectInput(buttonId, inputId) {
  const input = byId(inputId);
  byId(buttonId).addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    add(filesOfInput(input));
    input.value = ""; // So that choosing the same file again counts as a change.
  });
}

/** Takes files and folders by button or by drop and shows how each fares. */
export function startUploads() {
  connectInput("choose-files", "file-input");
  connectInput("choose-folder", "folder-input");
  const zone = byId("drop-zone");
  // A file dropped beside the zone would otherwise replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    add(await filesOfDrop(event.dataTransfer));
  });
}
