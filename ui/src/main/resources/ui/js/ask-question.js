import { announce } from "./announcer.js";
import { AnswerCard } from "./answer-card.js";
import { conversation } from "./conversation.js";
import { byId } from "./element.js";
import { keepDraft, recallDraft } from "./keep-draft.js";
import { isLibraryOpen } from "./library.js";
import { ConnectionLost } from "./request.js";
import { searchInstead } from "./search-instead.js";
import { refreshStatus } from "./show-status.js";
import { refreshPurpose, requireStated } from "./state-purpose.js";
import { state } from "./state.js";
import { streamAnswer } from "./stream-answer.js";
import { strings } from "./strings.js";
import { chosenScope } from "./which-documents.js";

const KEPT_ANSWERS = 50;
let running = null;

function setRunning(controller) {
  running = controller;
  byId("stop").hidden = !running;
  byId("ask").setAttribute("aria-disabled", String(Boolean(running)));
}

function showCard(card) {
  const answers = byId("answers");
  answers.prepend(card.element);
  while (answers.children.length > KEPT_ANSWERS) answers.lastChild.remove();
}

/** On a small screen the answer would begin out of sight; the Stop button then moves to the top, and stays visible. */
function bringIntoView(card) {
  if (card.element.getBoundingClientRect().top < innerHeight * 0.6) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  byId("stop").scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}

function showError(card, error, abortedBy, askAgain) {
  if (abortedBy === "stop") card.stopped();
  else if (abortedBy === "offline" || error instanceof ConnectionLost) card.lost(askAgain);
  else card.problem(error, askAgain);
}

/** What the collection wants to know may have become known by the refusal only, or be stated by now. */
function askAgain(asked) {
  if (running) return;
  const now = asked.collection === state.collection ? requireStated() : asked.stated;
  if (now) ask({ ...asked, stated: now });
}

/**
 * While the library is open, nothing is answered and what was asked is searched for instead. That may become known by the
 * refusal only, and be over by now.
 */
async function answerOrSearch(asked, card, searching) {
  if (isLibraryOpen(state.log) && isLibraryOpen(await refreshStatus())) return searchInstead(asked, card, searching);
  try {
    await streamAnswer(asked, card, searching.signal);
    conversation.remember(asked.collection, asked.question);
  } catch (error) {
    if (error.status !== 503 || !isLibraryOpen(await refreshStatus())) throw error;
    await searchInstead(asked, card, searching);
  }
}

async function ask(asked) {
  const controller = new AbortController();
  const card = new AnswerCard(asked.question, asked.stated);
  const again = () => askAgain(asked);
  showCard(card);
  setRunning(controller);
  bringIntoView(card);
  announce(strings.spoken.asked);
  try {
    await answerOrSearch(asked, card, { signal: controller.signal, askAgain: again });
  } catch (error) {
    showError(card, error, controller.signal.reason, again);
    if (error.status === 422) refreshPurpose();
  } finally {
    setRunning(null);
  }
}

function refuse(text) {
  byId("question-hint").textContent = text;
  announce(text);
  byId("question").focus();
}

function submit(event) {
  event.preventDefault();
  const question = byId("question").value.trim();
  if (running) return announce(strings.ask.running);
  if (!question) return refuse(strings.ask.empty);
  if (!state.collection) return refuse(strings.ask.noCollection);
  byId("question-hint").textContent = strings.ask.hint;
  const stated = requireStated();
  const { collection } = state;
  if (stated) ask({ question, collection, stated, scope: chosenScope(), earlier: conversation.earlier(collection) });
}

function showConversation() {
  const { length } = conversation.earlier(state.collection);
  byId("conversation").hidden = !length;
  byId("conversation-length").textContent = strings.ask.earlier(length);
}

function startAfresh() {
  conversation.forget();
  announce(strings.ask.afreshDone);
  byId("question").focus();
}

function stop() {
  running?.abort("stop");
  byId("question").focus();
}

function submitOnEnter(event) {
  // While an input method composes, Enter belongs to it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("ask-form").requestSubmit();
}

/** Lets the reader ask, watch and stop. The question stays in its field until the reader changes it. */
export function startAsking() {
  const field = byId("question");
  field.value = recallDraft();
  field.addEventListener("input", () => keepDraft(field.value));
  field.addEventListener("keydown", submitOnEnter);
  byId("ask-form").addEventListener("submit", submit);
  byId("stop").addEventListener("click", stop);
  byId("afresh").addEventListener("click", startAfresh);
  conversation.addEventListener("change", showConversation);
  state.addEventListener("collection", showConversation);
  addEventListener("offline", () => running?.abort("offline"));
}
