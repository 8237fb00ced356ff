import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation } from "../../main/resources/ui/js/conversation.js";

test("remembers the latest questions of one collection, each once", () => {
  const conversation = new Conversation();
  for (const question of ["a", "b", "c", "d", "e", "f", "b"]) conversation.remember("ward", question);
  assert.deepEqual(conversation.earlier("ward"), ["c", "d", "e", "f", "b"]);
});

test("knows nothing of them in another collection, nor when it begins afresh", () => {
  const conversation = new Conversation();
  conversation.remember("ward", "a");
  assert.deepEqual(conversation.earlier("library"), []);
  conversation.remember("library", "b");
  assert.deepEqual(conversation.earlier("ward"), []);
  let changes = 0;
  conversation.addEventListener("change", () => changes++);
  conversation.forget();
  assert.deepEqual(conversation.earlier("library"), []);
  assert.equal(changes, 1);
});
