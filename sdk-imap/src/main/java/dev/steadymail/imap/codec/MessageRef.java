package dev.steadymail.imap.codec;

/**
 * A message in the selected mailbox.
 *
 * @param sequence its sequence number
 * @param uid its UID, 0 where the server has not told it
 */
public record MessageRef(long sequence, long uid) {}
