import { strings } from "./strings.js";
import { Unfit } from "./submit-form.js";

const MIN_REASON = 10;
const OPENERS = ["reader", "curator"];

/** Whether somebody with these roles may ask for emergency access at all; for which collection, the appliance says. */
export const mayAsk = (roles) => roles.some((role) => OPENERS.includes(role));

/** The wish as the appliance takes it, without minutes where none are named; throws Unfit where it would be refused. */
export function emergencyWish({ collection, reason, minutes }) {
  const words = strings.emergency;
  const wish = { collection: collection.trim(), reason: reason.trim() };
  if (!wish.collection) throw new Unfit(words.noCollection, "emergency-collection");
  if (wish.reason.length < MIN_REASON) throw new Unfit(words.shortReason(MIN_REASON), "emergency-reason");
  if (!minutes.trim()) return wish;
  const length = Number(minutes);
  if (!Number.isInteger(length) || length < 1) throw new Unfit(words.badMinutes, "emergency-minutes");
  return { ...wish, minutes: length };
}

/** Those that are open at a time in milliseconds. */
export const openAt = (emergencies, now) => emergencies.filter(({ endsAt }) => Date.parse(endsAt) > now);
