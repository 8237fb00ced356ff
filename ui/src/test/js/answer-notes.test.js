import assert from "node:assert/strict";
import { test } from "node:test";
import { abstentionOf, notesOf } from "../../main/resources/ui/js/answer-notes.js";
import { strings } from "../../main/resources/ui/js/strings.js";

const words = strings.answer;
const carried = { text: "Logs are kept for 90 days.", supported: true };

test("says how many sentences were left out though none that is shown is marked", () => {
  const notes = notesOf({ sentences: [carried], withheld: 2 }, words);
  assert.deepEqual(notes.map(({ kind }) => kind), ["withheld-note"]);
  assert.match(notes[0].text, /^2 sentences were left out/);
});

test("says how many sentences are marked, and nothing where all is well", () => {
  const notes = notesOf({ sentences: [carried, { text: "The mayor likes them.", supported: false }], withheld: 0 }, words);
  assert.deepEqual(notes.map(({ kind }) => kind), ["unsupported-note"]);
  assert.deepEqual(notesOf({ sentences: [carried], withheld: 0 }, words), []);
  assert.deepEqual(notesOf({}, words), []);
});

test("does not say that documents are silent where nothing could judge it", () => {
  assert.equal(abstentionOf({ reason: "not-calibrated", nearest: [{}] }, words), words.unjudgedText);
  assert.equal(abstentionOf({ reason: "not-carried", nearest: [{}] }, words), words.abstainedText);
  assert.equal(abstentionOf({ reason: "not-carried", nearest: [] }, words), words.abstainedNothing);
});
