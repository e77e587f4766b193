package dev.steadymail.testkit.sync;

/** What happens to a mailbox without the sync that follows it. */
public enum MailboxAct {
    /** A message arrives. */
    DELIVER(30),
    /** An email gets other keywords. */
    MARK(20),
    /** An email goes to another mailbox. */
    MOVE(12),
    /** An email is put into a further mailbox. */
    COPY(6),
    /** An email is removed for good. */
    DELETE(14),
    /** A mailbox is made. */
    CREATE_MAILBOX(4),
    /** A mailbox gets another name. */
    RENAME_MAILBOX(4),
    /** A mailbox is removed. */
    REMOVE_MAILBOX(3),
    /** All emails of a mailbox get new ids, as by a new UIDVALIDITY. */
    RENUMBER(5),
    /** The server forgets the past, so that cursors expire. */
    EXPIRE_HISTORY(5),
    /** The server counts changes from a lower number on. */
    RESET_MOD_SEQ(4),
    /** The content of an email can no longer be read. */
    MAKE_UNREADABLE(8),
    /** All content can be read again. */
    MAKE_READABLE(4);

    private final int weight;

    MailboxAct(int weight) {
        this.weight = weight;
    }

    /** How often it is drawn, beside the others. */
    int weight() {
        return weight;
    }
}
