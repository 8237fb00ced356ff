import { strings } from "./strings.js";

const UNITS = [
  [86_400, strings.status.days],
  [3_600, strings.status.hours],
  [60, strings.status.minutes],
  [1, strings.status.seconds],
];

/** How long ago something was, in the largest whole unit. */
export function ago(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const [size, word] = UNITS.find(([unit]) => whole >= unit) ?? UNITS.at(-1);
  return strings.status.ago(word(Math.floor(whole / size)));
}
