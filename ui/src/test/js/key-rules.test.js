import assert from "node:assert/strict";
import { test } from "node:test";
import { keyLimits, keyState, keyWish } from "../../main/resources/ui/js/key-rules.js";

const GOOD = { name: " chatbot ", scopes: ["ask"], days: "90", requests: "", questions: "" };
const about = (field) => (error) => error.field === field && error.message.length > 0;

test("gives a wish as the appliance takes it", () => {
  assert.deepEqual(keyWish(GOOD), { name: "chatbot", scopes: ["ask"], days: 90 });
});

test("gives limits where they are set, and says them in words", () => {
  const limits = { requestsPerMinute: 20, questionsPerDay: 1 };
  assert.deepEqual(keyWish({ ...GOOD, requests: "20", questions: " 1 " }), { name: "chatbot", scopes: ["ask"], days: 90, ...limits });
  assert.equal(keyLimits(limits), "20 requests a minute, 1 question a day");
  assert.equal(keyLimits({ requestsPerMinute: null, questionsPerDay: 5 }), "5 questions a day");
  assert.equal(keyLimits({ requestsPerMinute: null, questionsPerDay: null }), "none of its own");
});

test("names the field that does not fit", () => {
  assert.throws(() => keyWish({ ...GOOD, name: "  " }), about("key-name"));
  assert.throws(() => keyWish({ ...GOOD, scopes: [] }), about("scope-ask"));
  for (const days of ["", "0", "367", "1.5", "many"]) assert.throws(() => keyWish({ ...GOOD, days }), about("key-days"));
  for (const most of ["0", "-1", "1.5", "many"]) {
    assert.throws(() => keyWish({ ...GOOD, requests: most }), about("key-requests"));
    assert.throws(() => keyWish({ ...GOOD, questions: most }), about("key-questions"));
  }
});

test("tells a key that counts from one that is over", () => {
  const expiresAt = "2026-03-01T12:00:00Z";
  const noon = Date.parse(expiresAt);
  assert.equal(keyState({ revokedAt: null, expiresAt }, noon - 1), "counts");
  assert.equal(keyState({ revokedAt: null, expiresAt }, noon), "expired");
  assert.equal(keyState({ revokedAt: "2026-02-01T12:00:00Z", expiresAt }, noon), "revoked");
});
