/**
 * Emails that people write, and what they keep of them before they send. {@link dev.steadymail.server.drafts.Composer} makes an email of a
 * request; a draft is an email in the provider's mailbox for drafts, and has a name here that stays.
 */
@NullMarked
package dev.steadymail.server.drafts;

import org.jspecify.annotations.NullMarked;
