// The emails of a mailbox, newest first, page by page.

import { json } from "./api.js";
import { at, keepFocus, make, note, row, show, spoken } from "./dom.js";
import { openEmail } from "./email.js";
import { load } from "./load.js";
import { state } from "./state.js";
import { face, mark, nameOf, people, role, when } from "./words.js";

const PAGE = 50;

export const loadEmails = () => load("emails", at("emails"), async (signal) => {
  note(at("emails"), "Loading…");
  offerMore(null);
  if (!state.email) note(at("email"), "Loading…");
  await showEmails(signal);
}, [at("email")]);

/** After a sync: who has read on to older pages is not thrown back to the first. */
export const refreshEmails = () => {
  if (state.mailbox.id !== state.listed) loadEmails();
  else if (at("emails").children.length <= PAGE) load("emails", at("emails"), showEmails);
};

/** Lists what is found by words in the account, or the mailbox again where there are none. */
export function search(words) {
  state.words = words;
  state.email = null;
  loadEmails();
}

function page(after) {
  if (state.words) {
    const found = new URLSearchParams({ q: state.words, account: state.account.id, limit: PAGE });
    if (after) found.set("cursor", after);
    return `/api/v1/search?${found}`;
  }
  const query = new URLSearchParams({ mailbox: state.mailbox.id, limit: PAGE });
  if (after) query.set("after", after);
  return `/api/v1/accounts/${state.account.id}/emails?${query}`;
}

async function showEmails(signal) {
  const { items, next } = await json(page(), signal);
  state.listed = state.mailbox.id;
  at("emails-title").textContent = state.words ? `“${state.words}”` : nameOf(state.mailbox);
  document.title = `${at("emails-title").textContent} – Steadymail`;
  offerMore(next);
  if (!items.length) {
    note(at("emails"), state.words ? "Nothing was found." : "No emails here.");
    if (!state.email) note(at("email"), "Choose an email to read it.");
    return;
  }
  keepFocus(at("emails"), items.map(emailRow));
  if (!state.email) openEmail(items[0]);
}

/** Adds the next page; the button is away meanwhile, and comes back for the page after it. */
export const loadMore = () => load("emails", at("older"), async (signal) => {
  const after = state.next;
  at("more").hidden = true;
  note(at("older"), "Loading…");
  const { items, next } = await json(page(after), signal);
  const rows = items.map(emailRow);
  at("emails").append(...rows);
  offerMore(next);
  rows[0]?.firstChild.focus({ preventScroll: true });
});

/** Offers the page at a cursor, or nothing after the last. */
function offerMore(next) {
  state.next = next;
  at("older").replaceChildren();
  at("more").hidden = next === null;
}

function emailRow(email) {
  const sent = !state.words && ["sent", "drafts"].includes(role(state.mailbox));
  const who = sent ? `To: ${people(email.to)}` : people(email.from) || "Unknown sender";
  const has = (keyword) => email.keywords.includes(keyword);
  const line = row(email, email.id === state.email?.id, () => {
    openEmail(email, true);
    show("email");
  },
  face(sent ? email.to : email.from),
  make("span", { className: "who", dir: "auto" }, spoken("Unseen: "), who),
  when(email.receivedAt),
  make("span", { className: "line" },
    make("span", { className: "subject", dir: "auto" }, email.subject || "(no subject)"),
    mark(has("$answered"), "↩", "Answered"), mark(email.hasAttachment, "", "Has attachments", "clip"),
    mark(has("$flagged"), "★", "Flagged", "star")));
  if (!has("$seen")) line.firstChild.classList.add("unseen");
  return line;
}
