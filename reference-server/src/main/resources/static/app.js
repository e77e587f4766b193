// The demo's page: accounts, mailboxes, emails, one email. Everything comes from the API with the user's token, and
// everything from outside is set as text, never as markup.

const PAGE = 50;
const RAW_SHOWN = 200_000;
const BUSY_MS = 2_000;
const CALM_MS = 30_000;
const LIST_PAGES = 20;
const ROLES = ["inbox", "flagged", "important", "drafts", "sent", "archive", "all", "junk", "trash"];
const STATES = {
  new: "waiting for its first sync", syncing: "syncing", ok: "up to date", failing: "failing",
  reauth_required: "needs a new password",
};

const at = (id) => document.getElementById(id);
const state = { token: null, accounts: [], account: null, mailboxes: [], mailbox: null, email: null, next: null, timer: 0 };
const loads = {};

// ---- Small tools ----

/** An element with properties and children; strings become text nodes. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const spoken = (text) => make("span", { className: "unseen-text" }, text);
const person = (address) => address.name || address.address;
const people = (addresses) => (addresses ?? []).map(person).join(", ");
const full = ({ name, address }) => (name ? `${name} <${address}>` : address);

function size(octets) {
  if (octets < 0) return "";
  if (octets < 1000) return `${octets} B`;
  return octets < 1_000_000 ? `${Math.round(octets / 1000)} kB` : `${(octets / 1_000_000).toFixed(1)} MB`;
}

/** Today's emails show their hour, others their day. */
function when(text, complete = false) {
  const date = new Date(text);
  const today = date.toDateString() === new Date().toDateString();
  const thisYear = date.getFullYear() === new Date().getFullYear();
  const short = today ? { hour: "2-digit", minute: "2-digit" }
    : thisYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" };
  const long = date.toLocaleString([], { dateStyle: "full", timeStyle: "short" });
  return make("time", { dateTime: text, title: long }, complete ? long : date.toLocaleString([], short));
}

// ---- The API ----

class Problem extends Error {
  constructor(title, detail, status = 0) {
    super(detail || title);
    Object.assign(this, { title, detail, status });
  }
}

async function call(path, signal) {
  let answer;
  try {
    answer = await fetch(path, { headers: { Authorization: `Bearer ${state.token}` }, signal, cache: "no-store" });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem("The server does not answer", "Look whether it still runs, then try again.");
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Problem(told.title || `The server answered ${answer.status}`, told.detail || "Try again.", answer.status);
}

const json = async (path, signal) => (await call(path, signal)).json();

/** All items of a short list, page by page. */
async function all(path, signal) {
  const items = [];
  let cursor = "";
  for (let page = 0; page < LIST_PAGES && cursor !== null; page++) {
    const answer = await json(cursor ? `${path}?after=${encodeURIComponent(cursor)}` : path, signal);
    items.push(...answer.items);
    cursor = answer.next;
  }
  return items;
}

/** Runs a load for one place of the page: a newer one ends it, and a failure is told there with a way to repeat it. */
async function load(place, target, work) {
  loads[place]?.abort();
  const current = new AbortController();
  loads[place] = current;
  target.setAttribute("aria-busy", "true");
  try {
    await work(current.signal);
  } catch (failure) {
    if (current.signal.aborted) return;
    if (failure.status === 401) refuse();
    else target.replaceChildren(problem(target, failure, () => load(place, target, work)));
  } finally {
    if (loads[place] === current) target.removeAttribute("aria-busy");
  }
}

function problem(target, failure, again) {
  const title = failure instanceof Problem ? failure.title : "This page failed";
  return make(target.tagName === "UL" ? "li" : "div", { className: "problem", role: "alert" },
    make("strong", {}, title), make("p", {}, failure.message),
    make("button", { type: "button", onclick: again }, "Try again"));
}

const note = (target, text) =>
  target.replaceChildren(make(target.tagName === "UL" ? "li" : "p", { className: "note" }, text));

// ---- Accounts and mailboxes ----

async function showAccounts(signal) {
  state.accounts = await all("/api/v1/accounts", signal);
  const known = state.accounts.find((each) => each.id === state.account?.id);
  const before = state.account;
  state.account = known ?? state.accounts[0] ?? null;
  drawAccounts();
  if (!state.account) {
    note(at("accounts"), "No account yet. Add one with POST /api/v1/accounts.");
    for (const id of ["mailboxes", "emails", "email"]) note(at(id), "Nothing here yet.");
  } else if (!known || before.emails !== state.account.emails || before.lastSyncedAt !== state.account.lastSyncedAt) {
    loadMailboxes();
  }
}

async function loadAccounts() {
  await load("accounts", at("accounts"), showAccounts);
  watch();
}

/** Looks again: soon while something is on its way, seldom otherwise. */
function watch() {
  clearTimeout(state.timer);
  if (!state.token) return;
  const busy = state.accounts.some((each) => each.state === "new" || each.state === "syncing");
  at("status").textContent = busy ? "Fetching mail…" : "";
  state.timer = setTimeout(loadAccounts, busy || !state.accounts.length ? BUSY_MS : CALM_MS);
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

/** One line of a list, a button that knows which item it stands for. */
function row(item, current, onclick, ...content) {
  const button = make("button", { type: "button", className: "row", onclick }, ...content);
  button.dataset.id = item.id;
  if (current) button.setAttribute("aria-current", "true");
  return make("li", {}, button);
}

/** Draws a list anew without taking the keyboard away from the line it is on. */
function keepFocus(list, rows) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

const loadMailboxes = () => load("mailboxes", at("mailboxes"), showMailboxes);

async function showMailboxes(signal) {
  if (!state.mailbox) note(at("mailboxes"), "Loading…");
  state.mailboxes = (await all(`/api/v1/accounts/${state.account.id}/mailboxes`, signal)).sort(byRole);
  state.mailbox = state.mailboxes.find((each) => each.id === state.mailbox?.id)
    ?? state.mailboxes.find((each) => each.selectable) ?? null;
  drawMailboxes();
  if (state.mailbox) refreshEmails();
  else for (const id of ["mailboxes", "emails", "email"]) note(at(id), "Nothing fetched yet.");
}

const role = (mailbox) => (mailbox.role ?? "").toLowerCase();

function byRole(one, other) {
  const order = (each) => (ROLES.includes(role(each)) ? ROLES.indexOf(role(each)) : ROLES.length);
  return order(one) - order(other) || one.path.join("\0").localeCompare(other.path.join("\0"));
}

function drawMailboxes() {
  keepFocus(at("mailboxes"), state.mailboxes.map((mailbox) => {
    const line = row(mailbox, mailbox === state.mailbox, () => {
      state.mailbox = mailbox;
      state.email = null;
      drawMailboxes();
      show("emails");
      loadEmails();
    }, make("span", { className: "name", dir: "auto" }, role(mailbox) === "inbox" ? "Inbox" : mailbox.name),
    mailbox.unseen ? make("span", { className: "count" }, String(mailbox.unseen), spoken(" unseen")) : null);
    line.firstChild.disabled = !mailbox.selectable;
    line.classList.add(`depth-${Math.min(mailbox.path.length - 1, 3)}`);
    return line;
  }));
}

// ---- Emails ----

const loadEmails = () => load("emails", at("emails"), async (signal) => {
  note(at("emails"), "Loading…");
  at("more").hidden = true;
  if (!state.email) note(at("email"), "Loading…");
  await showEmails(signal);
});

/** After a sync: who has read on to older pages is not thrown back to the first. */
const refreshEmails = () => {
  if (state.mailbox.id !== state.listed) loadEmails();
  else if (at("emails").children.length <= PAGE) load("emails", at("emails"), showEmails);
};

function page(after) {
  const query = new URLSearchParams({ mailbox: state.mailbox.id, limit: PAGE });
  if (after) query.set("after", after);
  return `/api/v1/accounts/${state.account.id}/emails?${query}`;
}

async function showEmails(signal) {
  const { items, next } = await json(page(), signal);
  state.listed = state.mailbox.id;
  at("emails-title").textContent = role(state.mailbox) === "inbox" ? "Inbox" : state.mailbox.name;
  document.title = `${at("emails-title").textContent} – Steadymail`;
  offerMore(next);
  if (!items.length) {
    note(at("emails"), "No emails here.");
    if (!state.email) note(at("email"), "Choose an email to read it.");
    return;
  }
  keepFocus(at("emails"), items.map(emailRow));
  if (!state.email) open(items[0]);
}

const loadMore = () => load("emails", at("emails"), async (signal) => {
  at("more").disabled = true;
  try {
    const { items, next } = await json(page(state.next), signal);
    const rows = items.map(emailRow);
    at("emails").append(...rows);
    offerMore(next);
    rows[0]?.firstChild.focus({ preventScroll: true });
  } finally {
    at("more").disabled = false;
  }
});

function offerMore(next) {
  state.next = next;
  at("more").hidden = next === null;
}

function emailRow(email) {
  const sent = ["sent", "drafts"].includes(role(state.mailbox));
  const who = sent ? `To: ${people(email.to)}` : people(email.from) || "Unknown sender";
  const has = (keyword) => email.keywords.includes(keyword);
  const line = row(email, email.id === state.email?.id, () => {
    open(email);
    show("email");
  },
  face(sent ? email.to : email.from),
  make("span", { className: "who", dir: "auto" }, has("$seen") ? null : spoken("Unseen: "), who),
  when(email.receivedAt),
  make("span", { className: "subject", dir: "auto" }, email.subject || "(no subject)"),
  make("span", { className: "marks" }, mark(has("$flagged"), "★", "Flagged", "star"),
    mark(has("$answered"), "↩", "Answered"), mark(email.hasAttachment, "📎", "Has attachments")));
  if (!has("$seen")) line.firstChild.classList.add("unseen");
  return line;
}

const mark = (shown, sign, words, kind = "") => (shown
  ? make("span", { className: `mark ${kind}`, title: words }, make("span", { ariaHidden: "true" }, sign), spoken(words)) : null);

/** A round initial, its colour chosen by the address. */
function face(addresses) {
  const address = addresses?.[0] ?? { name: "?", address: "?" };
  const hue = [...address.address].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 0);
  return make("span", { className: `face hue-${hue}`, ariaHidden: "true" }, [...person(address)][0].toUpperCase());
}

// ---- One email ----

function open(email) {
  state.email = email;
  for (const button of at("emails").querySelectorAll(".row")) {
    if (button.dataset.id === email.id) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  load("email", at("email"), async (signal) => {
    drawEmail(email, [make("p", { className: "note" }, "Loading…")]);
    const whole = await json(`/api/v1/emails/${email.id}`, signal);
    drawEmail(whole, [attachments(whole.attachments), text(whole), source(whole)]);
  });
}

function drawEmail(email, content) {
  const fields = [["To", email.to], ["Cc", email.cc], ["Bcc", email.bcc], ["Reply to", email.replyTo]]
    .filter(([, addresses]) => addresses?.length)
    .flatMap(([name, addresses]) => [make("dt", {}, name), make("dd", { dir: "auto" }, addresses.map(full).join(", "))]);
  at("email").replaceChildren(
    make("h2", { className: "title", dir: "auto" }, email.subject || "(no subject)"),
    make("div", { className: "from" }, face(email.from),
      make("div", {}, make("strong", { dir: "auto" }, (email.from ?? []).map(full).join(", ") || "Unknown sender"),
        when(email.sentAt ?? email.receivedAt, true))),
    make("dl", { className: "fields" }, ...fields),
    ...content.filter(Boolean));
  at("email").parentElement.scrollTop = 0;
}

function attachments(parts) {
  if (!parts.length) return null;
  return make("ul", { className: "attachments", ariaLabel: "Attachments" }, ...parts.map((part) => make("li", {},
    make("span", { ariaHidden: "true" }, "📎 "), make("bdi", {}, part.name || "unnamed"),
    make("small", {}, ` ${part.type} ${size(part.size)}`))));
}

function text(email) {
  if (email.textProblem) return make("p", { className: "problem" }, `The text cannot be shown: ${email.textProblem.message}`);
  if (!email.text?.content) return make("p", { className: "note" }, "This email has no text.");
  return make("div", {}, make("div", { className: "text", dir: "auto" }, email.text.content),
    email.text.truncated ? make("p", { className: "note" }, "The text is longer; the raw source has all of it.") : null);
}

/** The message as it came, fetched when asked for: a link could not carry the token. */
function source(email) {
  const place = make("div", { className: "raw" });
  const button = make("button", { type: "button", className: "quiet" }, "Raw source");
  button.onclick = () => load("raw", place, async (signal) => {
    const octets = await (await call(`/api/v1/emails/${email.id}/raw`, signal)).blob();
    const shown = await octets.slice(0, RAW_SHOWN).text();
    if (state.raw) URL.revokeObjectURL(state.raw);
    state.raw = URL.createObjectURL(octets);
    place.replaceChildren(
      make("a", { href: state.raw, download: `${email.id}.eml` }, `Save the message (${size(octets.size)})`),
      make("pre", { tabIndex: 0, ariaLabel: "Raw source" }, shown));
  });
  return make("div", { className: "source" }, button, place);
}

// ---- The token, panes and keys ----

/** Takes the token out of the address, where it must not stay, or from this tab's storage. */
function findToken() {
  const fragment = decoded(location.hash.slice(1)).replace(/^token=/, "");
  if (fragment) {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem("token", fragment);
  }
  state.token = sessionStorage.getItem("token");
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
  Object.values(loads).forEach((each) => each.abort());
  clearTimeout(state.timer);
  if (state.raw) URL.revokeObjectURL(state.raw);
  Object.assign(state, { token: null, accounts: [], account: null, mailboxes: [], mailbox: null, email: null, listed: null });
  for (const id of ["accounts", "mailboxes", "emails", "email", "status"]) at(id).replaceChildren();
  at("more").hidden = true;
  at("refused").hidden = true;
  document.title = "Steadymail";
  start();
}

function refuse() {
  forget();
  at("refused").textContent = "The server does not know this token. Copy the current one from the token file.";
  at("refused").hidden = false;
}

/** On a narrow screen one pane is seen at a time. */
function show(pane) {
  document.body.dataset.pane = pane;
  if (pane === "email" && matchMedia("(max-width: 760px)").matches) document.querySelector(".email").focus();
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
  sessionStorage.setItem("token", at("token").value.trim());
  at("token").value = "";
  at("refused").hidden = true;
  findToken();
  start();
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
  start();
});

findToken();
start();
