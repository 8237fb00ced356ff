import { byId, element } from "./element.js";
import { highlight } from "./highlight.js";
import { place, titleOf } from "./place.js";
import { sendJson } from "./request.js";
import { asQuery, asRequest } from "./stated.js";
import { strings } from "./strings.js";

const words = strings.passage;
const NARROW = matchMedia("(max-width: 64rem)");
let opener = null;
let latest = 0;

function fact(name, value) {
  return value ? [element("dt", {}, name), element("dd", {}, value)] : [];
}

function scoreOf({ score, scores }) {
  const value = score ?? scores?.fused;
  return typeof value === "number" ? value.toPrecision(3) : null;
}

function originalLink(citation, document) {
  const path = `/api/documents/${encodeURIComponent(citation.documentId)}/original${asQuery(citation.stated)}`;
  const paged = citation.page != null && document?.mediaType === "application/pdf";
  const attributes = { href: paged ? `${path}#page=${citation.page}` : path, target: "_blank", rel: "noopener" };
  const text = paged ? words.openAt(citation.page) : words.open;
  const newTab = element("span", { class: "soft" }, ` (${words.newTab})`);
  return element("p", {}, element("a", { ...attributes, "data-testid": "open-original" }, text), newTab);
}

function show(citation, found) {
  const { quoted, excerpt } = highlight(found, citation.quote);
  const facts = element(
    "dl",
    {},
    ...fact(words.document, found.document?.path ?? citation.document),
    ...fact(words.place, place({ document: citation.document, ...found })),
    ...fact(words.score, scoreOf(citation)),
  );
  byId("passage-body").replaceChildren(
    facts,
    originalLink({ ...citation, page: found.page ?? citation.page }, found.document),
    element("h3", {}, words.excerpt),
    ...(quoted ? [] : [element("p", { class: "soft" }, words.quoteMoved)]),
    excerpt,
  );
  byId("passage-body").querySelector("mark")?.scrollIntoView({ block: "nearest" });
}

async function load(citation) {
  const request = ++latest;
  byId("passage-body").replaceChildren(element("p", { class: "soft" }, words.loading));
  const path = `/api/documents/${encodeURIComponent(citation.documentId)}/passages/${encodeURIComponent(citation.passage)}`;
  try {
    const { path: asked, headers } = asRequest(path, citation.stated);
    const found = await sendJson(asked, { headers });
    if (request === latest) show(citation, found);
  } catch (error) {
    if (request !== latest) return;
    const quote = citation.quote ? element("blockquote", {}, citation.quote) : null;
    byId("passage-body").replaceChildren(...[element("p", { class: "notice bad", role: "alert" }, error.message), quote].filter(Boolean));
  }
}

/** Opens the panel on a passage; closing it gives the focus back to the button that opened it. */
export function openPassage(citation, from) {
  const panel = byId("passage-panel");
  opener = from;
  byId("passage-title").textContent = `[${citation.n}] ${titleOf(citation)}`;
  // Beside the answer where there is room; over it, and holding the focus, where there is not.
  if (!panel.open) NARROW.matches ? panel.showModal() : panel.show();
  document.body.classList.add("with-passage");
  byId("passage-title").focus();
  load(citation);
}

function closed() {
  latest++;
  document.body.classList.remove("with-passage");
  opener?.focus();
  opener = null;
}

export function startPassagePanel() {
  const panel = byId("passage-panel");
  byId("close-passage").addEventListener("click", () => panel.close());
  panel.addEventListener("close", closed);
  addEventListener("keydown", (event) => {
    // A dialog over the panel keeps its own Escape.
    const elsewhere = event.target.closest?.("dialog:not(#passage-panel)");
    if (event.key === "Escape" && panel.open && !elsewhere) panel.close();
  });
}
