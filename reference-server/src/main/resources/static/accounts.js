// Accounts and their mailboxes, looked at again while the page is open.

import { all, send } from "./api.js";
import { at, keepFocus, make, note, row, show, spoken } from "./dom.js";
import { loadEmails, refreshEmails } from "./emails.js";
import { load } from "./load.js";
import { state } from "./state.js";
import { nameOf, role } from "./words.js";

const BUSY_MS = 2_000;
const CALM_MS = 30_000;
const ROLES = ["inbox", "flagged", "important", "drafts", "sent", "archive", "all", "junk", "trash"];
const STATES = {
  new: "waiting for its first sync", syncing: "syncing", ok: "up to date", failing: "failing",
  reauth_required: "needs a new password",
};

async function showAccounts(signal) {
  state.accounts = await all("/api/v1/accounts", signal);
  const known = state.accounts.find((each) => each.id === state.account?.id);
  const before = state.account;
  state.account = known ?? state.accounts[0] ?? null;
  drawAccounts();
  if (!state.account) {
    note(at("accounts"), "No account yet.");
    for (const id of ["mailboxes", "emails", "email"]) note(at(id), "Nothing here yet.");
  } else if (!known || before.emails !== state.account.emails || before.lastSyncedAt !== state.account.lastSyncedAt) {
    loadMailboxes();
  }
}

export async function loadAccounts() {
  await load("accounts", at("accounts"), showAccounts, ["mailboxes", "emails", "email"].map(at));
  watch();
}

/** Connects what the form names: an account by its URL, or by its address where its server can be found. */
export async function connectAccount(event) {
  event.preventDefault();
  const named = at("account-address").value.trim();
  const smtp = at("account-smtp").value.trim();
  const body = {
    ...(named.includes("://") ? { url: named } : { email: named }), secret: at("account-secret").value,
    ...(smtp ? { smtp } : {}),
  };
  at("account-problem").hidden = true;
  try {
    await send("POST", "/api/v1/accounts", body);
    at("account-form").reset();
    at("account-dialog").close();
    loadAccounts();
  } catch (failure) {
    at("account-problem").textContent = failure.message;
    at("account-problem").hidden = false;
  }
}

let timer = 0;

export function stopWatching() {
  clearTimeout(timer);
}

/** Looks again: soon while something is on its way, seldom otherwise. */
function watch() {
  stopWatching();
  if (!state.token) return;
  const busy = state.accounts.some((each) => each.state === "new" || each.state === "syncing");
  if (busy) at("status").textContent = "Fetching mail…";
  else if (at("status").textContent === "Fetching mail…") at("status").textContent = "";
  timer = setTimeout(loadAccounts, busy || !state.accounts.length ? BUSY_MS : CALM_MS);
}

function drawAccounts() {
  keepFocus(at("accounts"), state.accounts.map((account) => row(account, account === state.account, () => {
    state.account = account;
    state.mailbox = state.email = null;
    drawAccounts();
    loadMailboxes();
  }, make("span", { className: "name", dir: "auto" }, account.user),
  make("span", { className: `state ${account.state}` }, STATES[account.state] ?? account.state),
  account.error ? make("span", { className: "reason" }, account.error.message) : null)));
}

export const loadMailboxes = () => load("mailboxes", at("mailboxes"), showMailboxes, ["emails", "email"].map(at));

async function showMailboxes(signal) {
  if (!state.mailbox) note(at("mailboxes"), "Loading…");
  state.mailboxes = (await all(`/api/v1/accounts/${state.account.id}/mailboxes`, signal)).sort(byRole);
  state.mailbox = state.mailboxes.find((each) => each.id === state.mailbox?.id)
    ?? state.mailboxes.find((each) => each.selectable) ?? null;
  drawMailboxes();
  if (state.mailbox) refreshEmails();
  else for (const id of ["mailboxes", "emails", "email"]) note(at(id), "Nothing fetched yet.");
}

/** Shows the counts of the mailboxes as they are now. */
export const recount = () => load("mailboxes", at("mailboxes"), async (signal) => {
  const fresh = await all(`/api/v1/accounts/${state.account.id}/mailboxes`, signal);
  for (const mailbox of state.mailboxes) mailbox.unseen = fresh.find((each) => each.id === mailbox.id)?.unseen ?? mailbox.unseen;
  drawMailboxes();
});

function byRole(one, other) {
  const order = (each) => (ROLES.includes(role(each)) ? ROLES.indexOf(role(each)) : ROLES.length);
  return order(one) - order(other) || one.path.join("\0").localeCompare(other.path.join("\0"));
}

function drawMailboxes() {
  keepFocus(at("mailboxes"), state.mailboxes.map((mailbox) => {
    const line = row(mailbox, mailbox === state.mailbox, () => {
      state.mailbox = mailbox;
      state.email = null;
      state.words = at("words").value = "";
      drawMailboxes();
      show("emails");
      loadEmails();
    }, make("span", { className: "name", dir: "auto" }, nameOf(mailbox)),
    mailbox.unseen ? make("span", { className: "count" }, String(mailbox.unseen), spoken(" unseen")) : null);
    line.firstChild.disabled = !mailbox.selectable;
    line.classList.add(`depth-${Math.min(mailbox.path.length - 1, 3)}`);
    return line;
  }));
}
