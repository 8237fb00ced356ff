import { strings } from "./strings.js";

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

const UNITS = [
  [86_400, strings.status.days],
  [3_600, strings.status.hours],
  [60, strings.status.minutes],
  [1, strings.status.seconds],
];

/** A time of the appliance as the reader's region writes it. */
export const dateAndTime = (time) => moment.format(new Date(time));

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" });

/** A day such as 2026-01-31, which is the same day everywhere, as the reader's region writes it. */
export const date = (text) => day.format(new Date(`${text}T00:00:00Z`));

/** How long ago something was, in the largest whole unit. */
export function ago(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [size, word] = UNITS.find(([unit]) => whole >= unit) ?? UNITS.at(-1);
  return strings.status.ago(word(Math.floor(whole / size)));
}
