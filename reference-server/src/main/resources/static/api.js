// The API, asked with the token of the user.

import { state } from "./state.js";

const LIST_PAGES = 20;

export class Problem extends Error {
  constructor(title, detail, status = 0) {
    super(detail || title);
    Object.assign(this, { title, detail, status });
  }
}

export async function call(path, signal) {
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

export const json = async (path, signal) => (await call(path, signal)).json();

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
