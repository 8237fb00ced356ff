import assert from "node:assert/strict";
import { test } from "node:test";
import { excerptOf } from "../../main/resources/ui/js/excerpt.js";

const spansOf = (text, ...words) => words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length }));
const plain = (pieces) => pieces.map(({ text }) => text).join("");

test("begins with the line in which the word stands", () => {
  const text = "4.3 Final cleaning\n\nWait 90 minutes before the cleaner goes in.";
  const pieces = excerptOf({ text, highlights: spansOf(text, "cleaner") });
  assert.equal(plain(pieces), "… Wait 90 minutes before the cleaner goes in.");
  assert.deepEqual(pieces.filter(({ found }) => found), [{ text: "cleaner", found: true }]);
});

test("begins with the sentence in which most words stand together", () => {
  const text = `The cleaner has a cupboard. ${"Nothing of that is here. ".repeat(20)}After that the cleaner may enter the room.`;
  const last = text.lastIndexOf("cleaner");
  const highlights = [...spansOf(text, "room", "cleaner"), { start: last, end: last + 7 }];
  assert.equal(plain(excerptOf({ text, highlights })), "… After that the cleaner may enter the room.");
});

test("prefers different words to one that stands there often", () => {
  const text = `A room is a room is a room. ${"Nothing of that is here. ".repeat(20)}The cleaner may enter the room.`;
  const highlights = [...text.matchAll(/room|cleaner/g)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
  assert.equal(plain(excerptOf({ text, highlights })), "… The cleaner may enter the room.");
});

test("begins with a word near by where the sentence began long before", () => {
  const text = `${"word ".repeat(60)}cleaner ${"word ".repeat(200)}`;
  const said = plain(excerptOf({ text, highlights: spansOf(text, "cleaner") }));
  assert.match(said, /^… word (word )+cleaner /);
  assert.ok(said.indexOf("cleaner") < 90);
  assert.ok(said.length < 410);
  assert.match(said, /word …$/);
});

test("shows the beginning where no word of the search stands in it", () => {
  assert.equal(plain(excerptOf({ text: "3. Isolation\n\n3.1 Levels", highlights: [] })), "3. Isolation\n3.1 Levels");
  assert.equal(plain(excerptOf({ text: "3. Isolation" })), "3. Isolation");
});

test("keeps the rows of a table apart, without empty lines between them", () => {
  const text = "Contact  plus\tsingle room\n \nDroplet\n\nAirborne single room";
  const pieces = excerptOf({ text, highlights: spansOf(text, "room") });
  assert.equal(plain(pieces), "Contact plus single room\nDroplet\nAirborne single room");
});

test("leaves out words that overlap with one before", () => {
  const text = "negative pressure room";
  const pieces = excerptOf({ text, highlights: [{ start: 0, end: 17 }, { start: 9, end: 17 }, { start: 18, end: 22 }] });
  assert.equal(plain(pieces), text);
  assert.equal(pieces.filter(({ found }) => found).length, 2);
});
