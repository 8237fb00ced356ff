/** Roles that watch over others. */
const OVERSEERS = ["administrator", "compliance-officer"];

const share = (one, other) => one.some((role) => other.includes(role));

/** Whether somebody with these roles has anything to do with oversight. */
export const oversees = (roles) => share(roles, OVERSEERS);

/** The roles of an account that count now. */
export function countingRoles({ person, dormantRoles }) {
  return person.roles.filter((role) => !dormantRoles.includes(role));
}

/** Whether the owner of an account may review emergencies. */
export const reviews = (account) => countingRoles(account).includes("compliance-officer");

/** Nobody decides what is their own. Names tell persons apart. */
export const isOwn = (name, account) => name === account.person.name;

/** Whether the owner of an account may approve or reject an act; of an unknown kind, the appliance says. */
export function mayDecide(act, kinds, account) {
  const kind = kinds.find((one) => one.kind === act.kind);
  return !isOwn(act.requestedBy, account) && share(kind?.approvers ?? OVERSEERS, countingRoles(account));
}

/** The kinds of acts for which the owner of an account may ask. */
export const requestable = (kinds, account) => kinds.filter(({ requesters }) => share(requesters, countingRoles(account)));

/** How many matters wait for the owner of an account. */
export function waitingFor({ kinds, acts, emergencies }, account) {
  const mine = acts.filter((act) => mayDecide(act, kinds, account));
  return mine.length + emergencies.filter(({ person }) => !isOwn(person, account)).length;
}

/** Whether a review is late at a time in milliseconds. */
export const isOverdue = ({ reviewBy }, now) => Date.parse(reviewBy) < now;
