/** What several parts of the page need to know, and the events `collection` and `documents` that tell of a change. */
export const state = new (class extends EventTarget {
  #collection = null;

  get collection() {
    return this.#collection;
  }

  set collection(name) {
    this.#collection = name;
    this.dispatchEvent(new Event("collection"));
  }

  documentsChanged() {
    this.dispatchEvent(new Event("documents"));
  }
})();
