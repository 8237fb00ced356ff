import assert from "node:assert/strict";
import { test } from "node:test";
import { Sentences } from "../../main/resources/ui/js/announcer.js";

function spoken(text) {
  const said = [];
  const sentences = new Sentences((sentence) => said.push(sentence));
  for (const character of text) sentences.add(character);
  const before = [...said];
  sentences.end();
  return { before, all: said };
}

test("speaks whole sentences and never a part of one", () => {
  const { before, all } = spoken("Give 2.5 ml [1]. Every 6 hours? Yes");
  assert.deepEqual(before, ["Give 2.5 ml [1].", "Every 6 hours?"]);
  assert.deepEqual(all, ["Give 2.5 ml [1].", "Every 6 hours?", "Yes"]);
});

test("keeps a closing quotation mark with its sentence", () => {
  assert.deepEqual(spoken('He said "no." Then he left. ').all, ['He said "no."', "Then he left."]);
});
