// A small mail reader: accounts, mailboxes, emails, one email, and writing one. This is where it starts.

import { connectAccount, loadAccounts, loadMailboxes, recount, stopWatching } from "./accounts.js";
import { compose, sendComposed } from "./compose.js";
import { at, note, show } from "./dom.js";
import { forgetRaw, whenChanged } from "./email.js";
import { loadMore, search } from "./emails.js";
import { enter, keep, leave, recall } from "./entry.js";
import { stopLoads, whenRefused } from "./load.js";
import { state } from "./state.js";

/** Takes the token out of the address, where it must not stay, or from this tab's storage. */
function findToken() {
  const fragment = decoded(location.hash.slice(1)).replace(/^token=/, "");
  if (fragment) {
    history.replaceState(null, "", location.pathname + location.search);
    use(fragment);
  } else {
    recall();
    start();
  }
}

/** Opens the mail with a token. What no header can carry is none. */
function use(token) {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    refuse();
    return;
  }
  keep(token);
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
  at("mail").hidden = at("forget").hidden = at("write").hidden = !known;
  if (!known) {
    at("email-address").focus();
    return;
  }
  for (const id of ["accounts", "mailboxes", "emails", "email"]) note(at(id), "Loading…");
  loadAccounts();
}

/** Forgets the token with everything that was read by it, and ends its session. */
function forget() {
  leave();
  stopLoads();
  stopWatching();
  forgetRaw();
  Object.assign(state, { accounts: [], account: null, mailboxes: [], mailbox: null, email: null, listed: null, words: "" });
  for (const id of ["accounts", "mailboxes", "emails", "email", "status"]) at(id).replaceChildren();
  at("older").replaceChildren();
  at("more").hidden = true;
  at("words").value = "";
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  show("emails");
  at("refused").hidden = true;
  document.title = "Steadymail";
  start();
}

function refuse() {
  const session = Boolean(state.refresh);
  forget();
  refused(session ? "The session is over. Log in again."
    : "The server does not know this token. Copy the current one from the token file.");
}

function refused(words) {
  at("refused").textContent = words;
  at("refused").hidden = false;
}

function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(".row")) return;
  const rows = [...event.currentTarget.querySelectorAll(".row:enabled")];
  rows[rows.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}

at("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  at("refused").hidden = true;
  const organisation = at("founding").hidden ? null : at("organisation").value.trim();
  const password = at("password").value;
  at("password").value = "";
  try {
    await enter(at("email-address").value.trim(), password, organisation);
    start();
  } catch (failure) {
    refused(failure.message);
  }
});
at("found").addEventListener("click", () => {
  const founding = at("founding").hidden;
  at("founding").hidden = !founding;
  at("organisation").required = founding;
  at("enter").textContent = founding ? "Found the organisation" : "Log in";
  at("found").textContent = founding ? "Log in instead" : "Found an organisation instead";
});
at("write").addEventListener("click", () => compose());
at("compose-form").addEventListener("submit", sendComposed);
at("add-account").addEventListener("click", () => at("account-dialog").showModal());
at("account-form").addEventListener("submit", connectAccount);
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => button.closest("dialog").close());
}
at("search").addEventListener("submit", (event) => {
  event.preventDefault();
  search(at("words").value.trim());
});
at("words").addEventListener("search", () => {
  if (!at("words").value) search("");
});
at("by-token").addEventListener("submit", (event) => {
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
  if (event.key === "Escape" && !document.querySelector("dialog[open]") && document.body.dataset.pane !== "emails") show("emails");
});
window.addEventListener("hashchange", () => {
  if (location.hash.length < 2) return;
  forget();
  findToken();
});

whenRefused(refuse);
whenChanged({ reload: loadMailboxes, recount });
findToken();
