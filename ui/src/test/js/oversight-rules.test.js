import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countingRoles,
  isOverdue,
  mayDecide,
  oversees,
  requestable,
  reviews,
  waitingFor,
} from "../../main/resources/ui/js/oversight-rules.js";

const KINDS = [
  { kind: "delete-collection", requesters: ["administrator"], approvers: ["administrator"] },
  { kind: "give-compliance", requesters: ["administrator", "compliance-officer"], approvers: ["compliance-officer"] },
];
const account = (name, roles, dormantRoles = []) => ({ person: { name, roles }, dormantRoles });
const ada = account("ada", ["administrator", "reader"]);
const olga = account("olga", ["compliance-officer"]);
const act = (kind, requestedBy) => ({ kind, requestedBy });

test("counts no role that waits for a second factor", () => {
  assert.deepEqual(countingRoles(ada), ["administrator", "reader"]);
  assert.deepEqual(countingRoles(account("ada", ["administrator", "reader"], ["administrator"])), ["reader"]);
  assert.ok(oversees(ada.person.roles));
  assert.ok(!oversees(["reader", "curator"]));
  assert.ok(reviews(olga));
  assert.ok(!reviews(account("olga", ["compliance-officer"], ["compliance-officer"])));
});

test("lets another person with the right role decide", () => {
  assert.ok(mayDecide(act("delete-collection", "ben"), KINDS, ada));
  assert.ok(!mayDecide(act("delete-collection", "ada"), KINDS, ada));
  assert.ok(!mayDecide(act("delete-collection", "ben"), KINDS, olga));
  assert.ok(mayDecide(act("give-compliance", "ada"), KINDS, olga));
  assert.ok(mayDecide(act("of-a-later-version", "ada"), KINDS, olga));
});

test("offers the kinds that the reader may ask for", () => {
  assert.deepEqual(requestable(KINDS, olga), [KINDS[1]]);
  assert.deepEqual(requestable(KINDS, ada), KINDS);
});

test("counts what waits for the reader and nothing of their own", () => {
  const acts = [act("delete-collection", "ben"), act("give-compliance", "olga"), act("give-compliance", "ada")];
  const oversight = { kinds: KINDS, acts, emergencies: [{ person: "rita" }, { person: "olga" }] };
  assert.equal(waitingFor(oversight, olga), 2);
  assert.equal(waitingFor({ ...oversight, emergencies: [] }, ada), 1);
});

test("knows a review that is late", () => {
  const reviewBy = "2026-03-01T12:00:00Z";
  assert.ok(!isOverdue({ reviewBy }, Date.parse(reviewBy)));
  assert.ok(isOverdue({ reviewBy }, Date.parse(reviewBy) + 1));
});
