// Coming in and leaving: tokens are kept in this tab, and renewed while it is used.

import { state } from "./state.js";

let renewing = null;

export function keep(token, refresh = null) {
  Object.assign(state, { token, refresh });
  for (const [name, value] of Object.entries({ token, refresh })) {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  }
}

export const recall = () => keep(sessionStorage.getItem("token"), sessionStorage.getItem("refresh"));

/** Logs in, or founds an organisation and logs in to it. Throws the words for whoever was refused. */
export async function enter(email, password, organisation) {
  const path = organisation ? "/api/v1/auth/register" : "/api/v1/auth/login";
  const given = { email, password, device: device() };
  const answer = await post(path, organisation ? { ...given, organisation } : given);
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.detail || `The server answered ${answer.status}; try again.`);
  keep(told.accessToken, told.refreshToken);
}

/** What this browser is called: another one, or another person's, does not end its session. */
function device() {
  const known = localStorage.getItem("device");
  if (known) return known;
  const name = `Web page ${[...crypto.getRandomValues(new Uint8Array(4))].map((octet) => octet.toString(16).padStart(2, "0")).join("")}`;
  localStorage.setItem("device", name);
  return name;
}

/** Gets the next token for one that is too old; many who ask at once ask once. Returns whether there is another one. */
export async function renewed(old) {
  if (state.token !== old) return Boolean(state.token);
  if (!state.refresh) return false;
  renewing ??= renew().finally(() => { renewing = null; });
  return renewing;
}

async function renew() {
  const answer = await post("/api/v1/auth/refresh", { refreshToken: state.refresh }).catch(() => null);
  if (!answer?.ok) return false;
  const told = await answer.json();
  keep(told.accessToken, told.refreshToken);
  return true;
}

/** Ends the session at the server, too, if this is one. */
export async function leave() {
  const { token, refresh } = state;
  keep(null);
  if (refresh) await post("/api/v1/auth/logout", undefined, token).catch(() => null);
}

function post(path, body, token) {
  return fetch(path, {
    method: "POST", cache: "no-store", body: body && JSON.stringify(body),
    headers: { ...(body ? { "Content-Type": "application/json" } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
  });
}
