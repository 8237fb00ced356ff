import { byId, element } from "./element.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";

const PAGE_SIZE = 100;
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
let next = null;
let latest = 0;

function cell(label, ...content) {
  return element("td", { "data-label": label }, ...content);
}

function row(document) {
  const words = strings.documents;
  const original = `/api/documents/${encodeURIComponent(document.id)}/original`;
  const title = element("a", { href: original, target: "_blank", rel: "noopener" }, document.title || document.path);
  const path = element("span", { class: "soft path" }, document.path);
  const shown = words.states[document.state] ?? document.state;
  const word = element("span", { class: `state ${document.state}` }, shown);
  const reason = document.reason ? element("span", { class: "reason" }, document.reason) : null;
  return element(
    "tr",
    { "data-testid": "document", "data-path": document.path, "data-state": document.state },
    element("th", { scope: "row" }, document.state === "ready" ? title : document.title || document.path, path),
    cell(words.state, word, reason),
    cell(words.pages, String(document.pages ?? words.none)),
    cell(words.passages, String(document.passages ?? words.none)),
    cell(words.added, document.addedAt ? day.format(new Date(document.addedAt)) : words.none),
  );
}

async function load(cursor) {
  const request = ++latest;
  const name = state.collection;
  if (!name) return;
  const query = new URLSearchParams({ limit: PAGE_SIZE, ...(cursor && { cursor }) });
  try {
    const found = await sendJson(`/api/collections/${encodeURIComponent(name)}/documents?${query}`);
    if (request === latest) show(found, Boolean(cursor));
  } catch (error) {
    if (request === latest) byId("documents-problem").textContent = error.message;
  }
}

function show(found, append) {
  byId("documents-problem").textContent = "";
  const rows = found.documents.map(row);
  const body = byId("documents-body");
  if (append) body.append(...rows);
  else body.replaceChildren(...rows);
  byId("documents").hidden = !body.children.length;
  byId("documents-empty").hidden = Boolean(body.children.length);
  next = found.next;
  byId("more-documents").hidden = !next;
}

/** Lists the documents of the chosen collection, and lists them anew when they change. */
export function startListingDocuments() {
  byId("more-documents").addEventListener("click", () => load(next));
  state.addEventListener("collection", () => load(null));
  state.addEventListener("documents", () => load(null));
}
