// Writing an email: sent through the server's outbox, once, whatever happens on the way.

import { json, send } from "./api.js";
import { at } from "./dom.js";
import { state } from "./state.js";

const LOOK_MS = 500;
const LOOKS = 240;

let key = null;
let answered = null;

/** Opens the form, empty or with an answer to an email. */
export function compose(email = null) {
  key = null;
  answered = email;
  at("compose-title").textContent = email ? "Answer" : "New email";
  at("compose-to").value = email ? (email.replyTo?.length ? email.replyTo : email.from ?? []).map((each) => each.address).join(", ") : "";
  at("compose-subject").value = email ? `Re: ${(email.subject ?? "").replace(/^(re:\s*)+/i, "")}` : "";
  at("compose-text").value = email?.text ? `\n\n${email.text.content.split("\n").map((line) => `> ${line}`).join("\n")}` : "";
  at("compose-problem").hidden = true;
  at("compose").showModal();
  at(email ? "compose-text" : "compose-to").focus();
}

export async function sendComposed(event) {
  event.preventDefault();
  if (!state.account) return;
  const account = state.account.id;
  // The same key for every try of this email: it is sent once, also where an answer was lost.
  key ??= randomKey();
  try {
    const body = {
      to: at("compose-to").value.split(",").map((each) => ({ address: each.trim() })).filter((each) => each.address),
      subject: at("compose-subject").value, text: at("compose-text").value,
      ...(answered ? { inReplyTo: answered.id } : {}),
    };
    await send("POST", `/api/v1/accounts/${account}/send`, body, { "Idempotency-Key": key });
    at("compose").close();
    follow(account, key);
  } catch (failure) {
    at("compose-problem").textContent = failure.message;
    at("compose-problem").hidden = false;
  }
}

function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** Tells what becomes of it. */
async function follow(account, entry) {
  at("status").textContent = "Sending…";
  for (let look = 0; look < LOOKS && state.token; look++) {
    const shown = await json(`/api/v1/outbox/${entry}?account=${account}`).catch(() => null);
    if (shown?.settled) {
      at("status").textContent = shown.state.toLowerCase() === "sent" ? "Sent." : `Not sent: ${shown.failure?.message ?? shown.state}`;
      return;
    }
    await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
  }
}
