/**
 * What several parts of the page need to know, and the events that tell of a change: `collection`, `documents`, `account`
 * and `view`.
 */
export const state = new (class extends EventTarget {
  #collection = null;
  #account = null;
  #view = null;

  get collection() {
    return this.#collection;
  }

  set collection(name) {
    this.#collection = name;
    this.dispatchEvent(new Event("collection"));
  }

  /** As the appliance last told it; null until it has. */
  get account() {
    return this.#account;
  }

  set account(account) {
    this.#account = account;
    this.dispatchEvent(new Event("account"));
  }

  get view() {
    return this.#view;
  }

  set view(name) {
    this.#view = name;
    this.dispatchEvent(new Event("view"));
  }

  documentsChanged() {
    this.dispatchEvent(new Event("documents"));
  }
})();
