/**
 * What several parts of the page need to know, and the events that tell of a change: `collection`, `documents`, `account`,
 * `oversight` and `view`; and `beat`, each time that the appliance has told how it is.
 */
export const state = new (class extends EventTarget {
  #collection = null;
  #account = null;
  #oversight = null;
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

  /** What waits for those who watch over others; null for everybody else, and until the appliance has told. */
  get oversight() {
    return this.#oversight;
  }

  set oversight(oversight) {
    this.#oversight = oversight;
    this.dispatchEvent(new Event("oversight"));
  }

  /** How the evidence log is, as the appliance last told it; null until it has. */
  log = null;

  /** What the address names behind the view. */
  place = [];

  get view() {
    return this.#view;
  }

  set view(name) {
    this.#view = name;
    this.dispatchEvent(new Event("view"));
  }

  beat() {
    this.dispatchEvent(new Event("beat"));
  }

  documentsChanged() {
    this.dispatchEvent(new Event("documents"));
  }
})();
