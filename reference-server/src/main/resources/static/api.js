// The API, asked with the token of the user.

import { renewed } from "./entry.js";
import { state } from "./state.js";

const LIST_PAGES = 20;

export class Problem extends Error {
  constructor(title, detail, status = 0) {
    super(detail || title);
    Object.assign(this, { title, detail, status });
  }
}

/** Asks; where the token is too old, once more with the next one. */
export async function call(path, signal, options = {}) {
  const token = state.token;
  const answer = await ask(path, signal, options);
  if (answer.ok) return answer;
  if (answer.status === 401 && await renewed(token)) return checked(await ask(path, signal, options));
  return checked(answer);
}

async function ask(path, signal, { method = "GET", body, headers = {} }) {
  const sent = body === undefined ? {} : { "Content-Type": "application/json" };
  try {
    return await fetch(path, {
      method, signal, cache: "no-store", body: body === undefined ? undefined : JSON.stringify(body),
      headers: { ...(state.token ? { Authorization: `Bearer ${state.token}` } : {}), ...sent, ...headers },
    });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Problem("The server does not answer", "Look whether it still runs, then try again.");
  }
}

async function checked(answer) {
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Problem(told.title || `The server answered ${answer.status}`, told.detail || "Try again.", answer.status);
}

export const json = async (path, signal) => (await call(path, signal)).json();

/** Sends an object and returns the object that comes back. */
export const send = async (method, path, body, headers) =>
  (await call(path, undefined, { method, body, headers })).json().catch(() => null);

/** All items of a short list, page by page. */
export async function all(path, signal) {
  const items = [];
  let cursor = "";
  for (let page = 0; page < LIST_PAGES && cursor !== null; page++) {
    const answer = await json(cursor ? `${path}?after=${encodeURIComponent(cursor)}` : path, signal);
    items.push(...answer.items);
    cursor = answer.next;
  }
  return items;
}
