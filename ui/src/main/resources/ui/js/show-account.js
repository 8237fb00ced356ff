import { byId, cell, element } from "./element.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { dateAndTime } from "./time.js";

const words = strings.account;

const roleNames = (roles) => roles.map((role) => words.roleNames[role] ?? role).join(", ");

function sessionRow(session) {
  const mark = session.current ? element("strong", { "data-testid": "current-session" }, strings.sessions.current) : null;
  return element(
    "tr",
    { "data-testid": "session", "data-current": String(session.current) },
    element("th", { scope: "row" }, dateAndTime(session.createdAt), mark && " ", mark),
    cell(strings.sessions.seen, dateAndTime(session.lastSeenAt)),
    cell(strings.sessions.expires, dateAndTime(session.expiresAt)),
  );
}

function show() {
  const { person, dormantRoles, sessions } = state.account;
  byId("principal").textContent = person.displayName || person.name;
  byId("account-name").textContent = person.name;
  byId("account-display-name").textContent = person.displayName;
  byId("account-roles").textContent = roleNames(person.roles) || words.noRoles;
  byId("second-factor-notice").hidden = dormantRoles.length === 0;
  byId("second-factor-notice").textContent = strings.secondFactor.notice(roleNames(dormantRoles));
  byId("password-username").value = person.name;
  byId("sessions-body").replaceChildren(...sessions.map(sessionRow));
}

/** Shows who is signed in, what they are here for, and where else they are signed in. */
export function startShowingAccount() {
  state.addEventListener("account", show);
}
