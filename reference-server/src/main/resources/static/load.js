// Loads into places of the page: one at a time in each, its failure shown there.

import { Problem } from "./api.js";
import { make } from "./dom.js";

const loads = {};
let refused = () => {};

/** Sets what happens when the server does not know the token. */
export function whenRefused(action) {
  refused = action;
}

export function stopLoads() {
  Object.values(loads).forEach((each) => each.abort());
}

/**
 * Runs a load for one place of the page: a newer one ends it. A failure is told there with a way to repeat it, and also
 * where nothing can be shown without it.
 */
export async function load(place, target, work, dependents = []) {
  loads[place]?.abort();
  const current = new AbortController();
  loads[place] = current;
  target.setAttribute("aria-busy", "true");
  try {
    await work(current.signal);
  } catch (failure) {
    if (current.signal.aborted) return;
    if (failure.status === 401) refused();
    else for (const each of [target, ...dependents.filter(isEmpty)]) {
      each.replaceChildren(problem(each, failure, () => load(place, target, work, dependents)));
    }
  } finally {
    if (loads[place] === current) target.removeAttribute("aria-busy");
  }
}

const isEmpty = (target) => !target.querySelector(".row, .title");

function problem(target, failure, again) {
  const title = failure instanceof Problem ? failure.title : "This page failed";
  return make(target.tagName === "UL" ? "li" : "div", { className: "problem", role: "alert" },
    make("strong", {}, title), make("p", {}, failure.message),
    make("button", { type: "button", onclick: again }, "Try again"));
}
