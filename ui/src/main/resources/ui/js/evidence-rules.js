/** Shortest reason that the appliance takes, in characters. */
export const MIN_REASON = 10;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The begin of a day such as 2026-01-31 where the reader is, so many days later, as an instant; null where it is no day. */
export function instantOf(text, daysLater = 0) {
  const found = DAY.exec(text);
  if (!found) return null;
  const [, year, month, day] = found.map(Number);
  return new Date(year, month - 1, day + daysLater).toISOString();
}

/** A query of what was filled in, in order; what is empty, null or false is left out. */
export function queryOf(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value !== "" && value !== null && value !== false);
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

/** Whether a day such as 2026-01-31 lies before the one of a time, where the reader is. */
export function isPast(day, now) {
  const two = (n) => String(n).padStart(2, "0");
  return day < `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** The numbers that an address such as #review/17/42 names behind its view; null where one is none. */
export function numbersOf(place) {
  return place.every((part) => /^[1-9]\d{0,14}$/.test(part)) ? place.map(Number) : null;
}

/** The act that waits for a hold's release, if there is one. */
export const releaseOf = (hold, acts) => acts.find(({ kind, parameters }) => kind === "release-hold" && parameters?.hold === hold.id);

/** How the replay of an answer went: all tokens the same, or up to one. */
export const isIdentical = ({ sameTokens, recordedTokens }) => sameTokens === recordedTokens;
