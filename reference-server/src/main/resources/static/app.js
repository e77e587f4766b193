// The demo's page: accounts, mailboxes, emails, one email. This is where it starts, and where the token is kept.

import { loadAccounts, stopWatching } from "./accounts.js";
import { at, note, show } from "./dom.js";
import { forgetRaw } from "./email.js";
import { loadMore } from "./emails.js";
import { stopLoads, whenRefused } from "./load.js";
import { state } from "./state.js";

/** Takes the token out of the address, where it must not stay, or from this tab's storage. */
function findToken() {
  const fragment = decoded(location.hash.slice(1)).replace(/^token=/, "");
  if (fragment) {
    history.replaceState(null, "", location.pathname + location.search);
    use(fragment);
  } else {
    state.token = sessionStorage.getItem("token");
    start();
  }
}

/** Opens the mail with a token. What no header can carry is none. */
function use(token) {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    refuse();
    return;
  }
  state.token = token;
  sessionStorage.setItem("token", token);
  start();
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function start() {
  const known = Boolean(state.token);
  at("ask").hidden = known;
  at("mail").hidden = at("forget").hidden = !known;
  if (!known) {
    at("token").focus();
    return;
  }
  for (const id of ["accounts", "mailboxes", "emails", "email"]) note(at(id), "Loading…");
  loadAccounts();
}

/** Forgets the token with everything that was read by it. */
function forget() {
  sessionStorage.removeItem("token");
  stopLoads();
  stopWatching();
  forgetRaw();
  Object.assign(state, { token: null, accounts: [], account: null, mailboxes: [], mailbox: null, email: null, listed: null });
  for (const id of ["accounts", "mailboxes", "emails", "email", "status"]) at(id).replaceChildren();
  at("older").replaceChildren();
  at("more").hidden = true;
  show("emails");
  at("refused").hidden = true;
  document.title = "Steadymail";
  start();
}

function refuse() {
  forget();
  at("refused").textContent = "The server does not know this token. Copy the current one from the token file.";
  at("refused").hidden = false;
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(".row")) return;
  const rows = [...event.currentTarget.querySelectorAll(".row:enabled")];
  rows[rows.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

at("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const token = at("token").value.trim();
  at("token").value = "";
  at("refused").hidden = true;
  use(token);
});
at("forget").addEventListener("click", forget);
at("more").addEventListener("click", loadMore);
for (const id of ["accounts", "mailboxes", "emails"]) at(id).addEventListener("keydown", move);
for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => show(button.dataset.show));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.dataset.pane !== "emails") show("emails");
});
window.addEventListener("hashchange", () => {
  if (location.hash.length < 2) return;
  forget();
  findToken();
});

whenRefused(refuse);
findToken();
