package dev.steadymail.testkit.gmail;

/**
 * A label of a {@link GmailMailbox}.
 *
 * @param id its id: the name for a system label, {@code Label_<number>} for a user label
 * @param name its name, with {@code /} between levels
 * @param system whether it came with the mailbox
 */
public record GmailLabel(String id, String name, boolean system) {}
