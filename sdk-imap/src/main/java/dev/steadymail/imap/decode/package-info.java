/**
 * What the codec read, as the model that users see: {@link dev.steadymail.imap.decode.EnvelopeDecoder} for headers,
 * {@link dev.steadymail.imap.decode.StructureDecoder} for parts, {@link dev.steadymail.imap.decode.KeywordNames} for flags. Runs once
 * for every message of a mailbox, so the ordinary case takes no detour: text without encoded words is handed on as it is, and a date
 * in the usual form is read in place. What a sender wrote wrong is shown as it stands, never an error.
 */
@NullMarked
package dev.steadymail.imap.decode;

import org.jspecify.annotations.NullMarked;
