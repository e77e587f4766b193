// How people, sizes, times and marks are shown.

import { make, spoken } from "./dom.js";

const person = (address) => address.name || address.address;
export const people = (addresses) => (addresses ?? []).map(person).join(", ");
export const full = ({ name, address }) => (name ? `${name} <${address}>` : address);

export function size(octets) {
  if (octets < 0) return "";
  if (octets < 1000) return `${octets} B`;
  return octets < 1_000_000 ? `${Math.round(octets / 1000)} kB` : `${(octets / 1_000_000).toFixed(1)} MB`;
}

/** Today's emails show their hour, others their day. */
export function when(text, complete = false) {
  const date = new Date(text);
  const today = date.toDateString() === new Date().toDateString();
  const thisYear = date.getFullYear() === new Date().getFullYear();
  const short = today ? { hour: "2-digit", minute: "2-digit" }
    : thisYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" };
  const long = date.toLocaleString([], { dateStyle: "full", timeStyle: "short" });
  return make("time", { dateTime: text, title: long }, complete ? long : date.toLocaleString([], short));
}

/** What a mailbox is for, in lower case, empty for an ordinary one. */
export const role = (mailbox) => (mailbox.role ?? "").toLowerCase();

/** The inbox has the same name everywhere; others go by the last part of their path. */
export const nameOf = (mailbox) => (role(mailbox) === "inbox" ? "Inbox" : mailbox.path.at(-1));

/** A sign with words for those who do not see it. */
export const mark = (shown, sign, words, kind = "") => (shown
  ? make("span", { className: `mark ${kind}`, title: words }, make("span", { ariaHidden: "true" }, sign), spoken(words))
  : null);

/** A round initial, its colour chosen by the address. */
export function face(addresses) {
  const address = addresses?.[0] ?? { name: "", address: "" };
  const hue = [...address.address].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 6, 0);
  return make("span", { className: `face hue-${hue}`, ariaHidden: "true" }, ([...person(address)][0] ?? "?").toUpperCase());
}
