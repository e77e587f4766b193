package dev.steadymail.sync;

import dev.steadymail.mail.Email;

/**
 * An email in a store, under the id that the store gave it at first sight. That id stays the same when the provider's changes.
 *
 * @param id the store's own id
 * @param email its state; envelope and body are not kept
 */
public record StoredEmail(String id, Email email) {}
