import { byId, element } from "./element.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";

let collections = [];

function showSize() {
  const chosen = collections.find(({ name }) => name === state.collection);
  byId("collection-size").textContent = chosen ? strings.collections.size(chosen.documents, chosen.passages) : "";
}

function showChoice() {
  const options = collections.map(({ name }) => element("option", { value: name }, name));
  if (!options.length) options.push(element("option", { value: "" }, strings.collections.none));
  byId("collection").replaceChildren(...options);
  byId("collection").value = state.collection ?? "";
  showSize();
}

/** Fetches the collections and chooses one: the wanted, else the one chosen before, else the fullest. */
export async function refreshCollections(wanted = state.collection) {
  try {
    collections = (await sendJson("/api/collections")).collections ?? [];
  } catch {
    return; // Shown by the status line; the choice stays as it was.
  }
  const fullest = [...collections].sort((a, b) => b.documents - a.documents)[0];
  const chosen = (collections.find(({ name }) => name === wanted) ?? fullest)?.name ?? null;
  if (chosen !== state.collection) state.collection = chosen;
  showChoice();
}

/** Lets the reader choose the collection that is asked, listed and added to. */
export function startChoosingCollection() {
  byId("collection").addEventListener("change", (event) => {
    state.collection = event.target.value || null;
    showSize();
  });
  state.addEventListener("documents", () => refreshCollections());
  refreshCollections();
}
