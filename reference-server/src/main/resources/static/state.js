// What the page knows; forgotten together with the token.

export const state = {
  token: null, refresh: null, accounts: [], account: null, mailboxes: [], mailbox: null, email: null, listed: null,
  next: null, words: "",
};
