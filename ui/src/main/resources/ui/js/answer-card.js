import { announce, Sentences } from "./announcer.js";
import { citationList } from "./cite.js";
import { button, element } from "./element.js";
import { citationsOf } from "./library.js";
import { showFinal } from "./show-final.js";
import { showFound } from "./show-found.js";
import { strings } from "./strings.js";

let cards = 0;

/** One question and what became of it, from sending to the final answer. */
export class AnswerCard {
  #progress = element("p", { class: "progress", "data-testid": "progress" });
  #body = element("div", { class: "body" });
  #streamed = null;
  #said = "";
  #speech = new Sentences((sentence) => announce(strings.spoken.provisional(sentence)));
  #stage = strings.ask.searching;
  #began = performance.now();
  #clock = setInterval(() => this.#tick(), 1000);
  #stated;
  #number = element("span", { class: "soft", "data-testid": "number" });

  /** `stated` says why it was asked, which opening its sources says again. */
  constructor(question, stated) {
    this.#stated = stated;
    const id = `question-${++cards}`;
    const heading = element("h2", { id, "data-testid": "asked" }, question);
    const attributes = { class: "answer", "aria-labelledby": id, "data-testid": "answer", "data-outcome": "running" };
    this.element = element("article", attributes, heading, this.#number, this.#progress, this.#body);
    this.#tick();
  }

  accepted({ number }) {
    this.#number.textContent = strings.answer.question(number);
  }

  sources({ sources }) {
    this.#stage = strings.ask.reading(sources.length);
    this.#tick();
    if (sources.length) this.#body.append(citationList(strings.ask.found, this.#withStated(sources), "provisional-sources"));
  }

  delta({ text }) {
    this.#stage = strings.ask.writing;
    if (!this.#streamed) this.#showProvisional();
    this.#streamed.textContent += text;
    this.#said += text;
    this.#speech.add(text);
  }

  final(answer) {
    this.accepted(answer);
    this.#speech.end();
    this.#end(answer.outcome);
    const citations = this.#withStated(answer.citations);
    showFinal(this.#body, { ...answer, citations, conflicts: this.#conflicts(answer), nearest: this.#withStated(answer.nearest) }, this.#said);
  }

  /** Nothing was answered, but this is what a search found. */
  searched(found, askAgain) {
    this.#end("searched");
    showFound(this.#body, { ...found, passages: this.#withStated(citationsOf(found.hits)), conflicts: this.#conflicts(found) });
    this.#offer(askAgain);
  }

  stopped() {
    this.#failure("stopped", strings.answer.stopped, strings.answer.stoppedText);
  }

  lost(askAgain) {
    this.#failure("lost", strings.answer.lost, strings.answer.lostText);
    this.#offer(askAgain);
  }

  problem(problem, askAgain) {
    const signedOut = problem.status === 401;
    const text = signedOut ? strings.answer.signedOutText : problem.message;
    const known = { 401: strings.answer.signedOut, 422: strings.answer.incomplete };
    const title = known[problem.status] ?? (problem.title || strings.answer.failed);
    this.#failure("problem", title, text);
    if (signedOut) this.#body.append(element("p", {}, element("a", { href: "/" }, strings.answer.signIn)));
    else this.#offer(askAgain);
  }

  #conflicts({ conflicts }) {
    return (conflicts ?? []).map((conflict) => {
      const [one, other] = this.#withStated([conflict.one, conflict.other]);
      return { ...conflict, one, other };
    });
  }

  #withStated(citations) {
    return (citations ?? []).map((citation) => ({ ...citation, stated: this.#stated }));
  }

  #showProvisional() {
    this.#streamed = element("p", { class: "streamed", "data-testid": "provisional-text" });
    const warning = element("p", { class: "label" }, strings.ask.provisional);
    this.#body.prepend(element("div", { class: "provisional", "data-testid": "provisional" }, warning, this.#streamed));
  }

  #offer(askAgain) {
    this.#body.append(button(strings.ask.again, { class: "second", "data-testid": "ask-again" }, askAgain));
  }

  #failure(outcome, title, text) {
    this.#end(outcome);
    const heading = element("h3", { "data-testid": "outcome" }, title);
    this.#body.append(element("div", { class: "notice bad" }, heading, element("p", { "data-testid": "remedy" }, text)));
    announce(`${title}. ${text}`);
  }

  #end(outcome) {
    clearInterval(this.#clock);
    this.#progress.remove();
    this.#body.replaceChildren();
    this.element.dataset.outcome = outcome;
  }

  #tick() {
    const seconds = Math.floor((performance.now() - this.#began) / 1000);
    this.#progress.textContent = `${this.#stage} · ${strings.ask.seconds(seconds)}`;
  }
}
