import { strings } from "./strings.js";
import { Unfit } from "./submit-form.js";

/** What a key can be for, in the order in which the page offers it. */
export const SCOPES = ["ask", "generate", "curate", "administer", "audit"];

const MOST_DAYS = 366;

/** A limit where one is given. */
function limit(name, text, field) {
  if (!text.trim()) return {};
  const most = Number(text);
  if (!Number.isInteger(most) || most < 1) throw new Unfit(strings.keys.badLimit, field);
  return { [name]: most };
}

/** The wish for a key as the appliance takes it; throws Unfit where it would be refused. */
export function keyWish({ name, scopes, days, requests, questions }) {
  const wish = { name: name.trim(), scopes, days: Number(days) };
  if (!wish.name) throw new Unfit(strings.keys.noName, "key-name");
  if (!scopes.length) throw new Unfit(strings.keys.noScope, `scope-${SCOPES[0]}`);
  if (!Number.isInteger(wish.days) || wish.days < 1 || wish.days > MOST_DAYS) {
    throw new Unfit(strings.keys.badDays(MOST_DAYS), "key-days");
  }
  return {
    ...wish,
    ...limit("requestsPerMinute", requests, "key-requests"),
    ...limit("questionsPerDay", questions, "key-questions"),
  };
}

/** The limits of a key in words. */
export function keyLimits({ requestsPerMinute, questionsPerDay }) {
  const words = strings.keys;
  const limits = [requestsPerMinute && words.requests(requestsPerMinute), questionsPerDay && words.questions(questionsPerDay)];
  return limits.filter(Boolean).join(", ") || words.noLimits;
}

/** Whether a key `counts` at a time in milliseconds, or is `revoked` or `expired`. */
export function keyState({ revokedAt, expiresAt }, now) {
  if (revokedAt) return "revoked";
  return Date.parse(expiresAt) <= now ? "expired" : "counts";
}
