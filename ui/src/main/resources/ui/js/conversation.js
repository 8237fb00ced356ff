/** What was asked in this conversation, so that "And for children?" can lean on it. Kept by the page alone, while it is open. */
export class Conversation extends EventTarget {
  static most = 5;
  #collection = null;
  #questions = [];

  /** The latest questions that were answered in a collection, the latest last. */
  earlier(collection) {
    return collection === this.#collection ? [...this.#questions] : [];
  }

  /** Another collection is another conversation. */
  remember(collection, question) {
    const before = this.earlier(collection).filter((other) => other !== question);
    this.#collection = collection;
    this.#questions = [...before, question].slice(-Conversation.most);
    this.dispatchEvent(new Event("change"));
  }

  forget() {
    this.#collection = null;
    this.#questions = [];
    this.dispatchEvent(new Event("change"));
  }
}

export const conversation = new Conversation();
