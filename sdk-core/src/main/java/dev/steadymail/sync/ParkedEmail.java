package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;

/**
 * An email that exists but could not be read; it is tried again by every later run.
 *
 * @param id the provider's id
 * @param reason why, without content
 */
public record ParkedEmail(EmailId id, String reason) {}
