// One email: its header, what can be done with it, text, attachments and source.

import { call, json, send } from "./api.js";
import { compose } from "./compose.js";
import { at, make } from "./dom.js";
import { load } from "./load.js";
import { state } from "./state.js";
import { face, full, size, when } from "./words.js";

const RAW_SHOWN = 200_000;

let rawUrl = null;
let changed = { reload() {}, recount() {} };

/** Sets what is looked at again after a change: all of it, or the counts alone. */
export function whenChanged(looks) {
  changed = looks;
}

/** Lets go of the message that was kept for saving. */
export function forgetRaw() {
  if (rawUrl) URL.revokeObjectURL(rawUrl);
  rawUrl = null;
}

/** Opens an email; one that somebody chose to read is seen then. */
export function openEmail(email, chosen = false) {
  state.email = email;
  for (const button of at("emails").querySelectorAll(".row")) {
    if (button.dataset.id === email.id) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  load("email", at("email"), async (signal) => {
    drawEmail(email, [make("p", { className: "note" }, "Loading…")]);
    const whole = await json(`/api/v1/emails/${email.id}`, signal);
    drawEmail(whole, [actions(whole), attachments(whole.attachments), text(whole), source(whole)]);
    if (chosen && !whole.keywords.includes("$seen")) see(whole, true);
  });
}

/** What can be done with an email; after what takes it away, the list shows the rest. */
function actions(email) {
  const has = (keyword) => email.keywords.includes(keyword);
  const button = (name, words, action) => make("button", { type: "button", className: `quiet act-${name}`, onclick: action }, words);
  const flagged = has("$flagged");
  return make("div", { className: "actions", role: "toolbar", ariaLabel: "Actions" },
    button("answer", "Answer", () => compose(email)),
    button("star", flagged ? "Unstar" : "Star", () => change(email, { keywords: { $flagged: !flagged } }, true)),
    button("unread", "Mark unread", () => see(email, false)),
    button("archive", "Archive", () => change(email, { archive: true }, false, true)),
    button("trash", "Trash", () => change(email, { trash: true }, false, true)));
}

/** Marks as seen or unseen; the line in the list stays what it is, so that nothing moves under the mouse. */
async function see(email, seen) {
  try {
    await send("PATCH", `/api/v1/emails/${email.id}`, { keywords: { $seen: seen } });
    at("emails").querySelector(`[data-id="${CSS.escape(email.id)}"]`)?.classList.toggle("unseen", !seen);
    changed.recount();
  } catch (failure) {
    at("status").textContent = `Not done: ${failure.message}`;
  }
}

async function change(email, wanted, redraw = false, away = false) {
  try {
    const after = await send("PATCH", `/api/v1/emails/${email.id}`, wanted);
    if (away) state.email = null;
    else if (redraw && after && state.email?.id === email.id) openEmail({ ...state.email, keywords: after.keywords });
    changed.reload();
  } catch (failure) {
    at("status").textContent = `Not done: ${failure.message}`;
  }
}

function drawEmail(email, content) {
  const fields = [["To", email.to], ["Cc", email.cc], ["Bcc", email.bcc], ["Reply to", otherReplies(email)]]
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

/** Where answers go, if not to the authors: IMAP servers repeat them there. */
function otherReplies(email) {
  const addresses = (list) => (list ?? []).map((each) => each.address).join();
  return addresses(email.replyTo) === addresses(email.from) ? [] : email.replyTo;
}

function attachments(parts) {
  if (!parts.length) return null;
  return make("ul", { className: "attachments", ariaLabel: "Attachments" }, ...parts.map((part) => make("li", {},
    make("span", { className: "clip", ariaHidden: "true" }), make("bdi", {}, part.name || "unnamed"),
    make("small", {}, ` ${part.type} ${size(part.size)} `),
    make("button", { type: "button", className: "quiet", onclick: () => save(part) }, "Save"))));
}

/** A link could not carry the token. */
async function save(part) {
  const email = state.email.id;
  try {
    const answer = await call(`/api/v1/emails/${email}/attachments/${encodeURIComponent(part.partId)}`);
    const url = URL.createObjectURL(await answer.blob());
    make("a", { href: url, download: part.name || "attachment" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  } catch (failure) {
    at("status").textContent = `Not saved: ${failure.message}`;
  }
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
    forgetRaw();
    rawUrl = URL.createObjectURL(octets);
    place.replaceChildren(
      make("a", { href: rawUrl, download: `${email.id}.eml` }, `Save the message (${size(octets.size)})`),
      make("pre", { tabIndex: 0, ariaLabel: "Raw source" }, shown));
  });
  return make("div", { className: "source" }, button, place);
}
