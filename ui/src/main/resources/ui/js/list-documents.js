import { byId, cell, element } from "./element.js";
import { sendJson } from "./request.js";
import { requireStated } from "./state-purpose.js";
import { state } from "./state.js";
import { asQuery } from "./stated.js";
import { strings } from "./strings.js";
import { dateAndTime } from "./time.js";

const PAGE_SIZE = 100;
let next = null;
let latest = 0;

/** A link that the browser opens itself, so that it must carry what is stated when it is followed. */
function originalLink(document) {
  const original = `/api/documents/${encodeURIComponent(document.id)}/original`;
  const link = element("a", { href: original, target: "_blank", rel: "noopener" }, document.title || document.path);
  const follow = (event) => {
    const stated = requireStated();
    if (stated) link.href = original + asQuery(stated);
    else event.preventDefault();
  };
  link.addEventListener("click", follow);
  link.addEventListener("auxclick", follow);
  return link;
}

function row(document) {
  const words = strings.documents;
  const title = document.title || document.path;
  const path = element("span", { class: "soft path" }, document.path);
  const shown = words.states[document.state] ?? document.state;
  const word = element("span", { class: `state ${document.state}` }, shown);
  const reason = document.reason ? element("span", { class: "reason" }, document.reason) : null;
  return element(
    "tr",
    { "data-testid": "document", "data-path": document.path, "data-state": document.state },
    element("th", { scope: "row" }, document.state === "ready" ? originalLink(document) : title, path),
    cell(words.state, word, reason),
    cell(words.pages, String(document.pages ?? words.none)),
    cell(words.passages, String(document.passages ?? words.none)),
    cell(words.added, document.addedAt ? dateAndTime(document.addedAt) : words.none),
  );
}

async function load(cursor) {
  const request = ++latest;
  const name = state.collection;
  if (!name) return show({ documents: [], next: null }, false);
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
  const rows = (found.documents ?? []).map(row);
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
