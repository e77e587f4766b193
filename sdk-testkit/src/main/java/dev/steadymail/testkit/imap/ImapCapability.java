package dev.steadymail.testkit.imap;

import java.util.EnumSet;
import java.util.Set;

/**
 * An IMAP extension of {@link ImapTestServer}. Most are on unless the test takes them away; those marked "off unless asked for" change
 * answers of the other commands and wait for {@link ImapTestServer.Builder#with}. A server without one neither announces it nor
 * understands its commands.
 */
public enum ImapCapability {
    /** Push of changes, RFC 2177. */
    IDLE("IDLE"),
    /** Modification sequences, the CONDSTORE half of RFC 7162. */
    CONDSTORE("CONDSTORE"),
    /** MOVE and UID MOVE, RFC 6851. */
    MOVE("MOVE"),
    /** UID EXPUNGE and the codes APPENDUID and COPYUID, RFC 4315. */
    UIDPLUS("UIDPLUS"),
    /** {@code SEARCH RETURN (...)}, RFC 4731. */
    ESEARCH("ESEARCH"),
    /** Selection and return options of LIST, RFC 5258. */
    LIST_EXTENDED("LIST-EXTENDED"),
    /** {@code LIST ... RETURN (STATUS (...))}, RFC 5819; of no use without {@link #LIST_EXTENDED}. */
    LIST_STATUS("LIST-STATUS"),
    /** Attributes such as {@code \Sent} in LIST, RFC 6154. */
    SPECIAL_USE("SPECIAL-USE"),
    /** STATUS item SIZE, RFC 8438. */
    STATUS_SIZE("STATUS=SIZE"),
    /** Literals that wait for no continuation, RFC 7888. */
    LITERAL_PLUS("LITERAL+"),
    /** Initial response in AUTHENTICATE, RFC 4959. */
    SASL_IR("SASL-IR"),
    /** AUTHENTICATE PLAIN, RFC 4616. */
    AUTH_PLAIN("AUTH=PLAIN"),
    /** AUTHENTICATE XOAUTH2, Google's mechanism for access tokens. */
    AUTH_XOAUTH2("AUTH=XOAUTH2"),
    /** ENABLE, RFC 5161. */
    ENABLE("ENABLE"),
    /** ID, RFC 2971. */
    ID("ID"),
    /** NAMESPACE, RFC 2342. */
    NAMESPACE("NAMESPACE"),
    /** UNSELECT, RFC 3691. */
    UNSELECT("UNSELECT"),
    /** Ids of mailboxes, emails and threads that outlast names and UIDs, RFC 8474; off unless asked for. */
    OBJECTID("OBJECTID"),
    /**
     * Resynchronisation on SELECT and VANISHED in the place of EXPUNGE, the QRESYNC half of RFC 7162; off unless asked for. Of no use
     * without {@link #CONDSTORE} and {@link #ENABLE}.
     */
    QRESYNC("QRESYNC"),
    /** Push between commands and of other mailboxes than the selected one, RFC 5465; off unless asked for. */
    NOTIFY("NOTIFY"),
    /**
     * Gmail's own: X-GM-MSGID, X-GM-THRID and X-GM-LABELS in FETCH, X-GM-MSGID and X-GM-THRID in SEARCH; off unless asked for. What they
     * tell of a message is stated with {@link ImapTestAccount#append(String, byte[], java.util.Collection, java.time.OffsetDateTime,
     * GmailAttributes)}.
     */
    X_GM_EXT_1("X-GM-EXT-1");

    private static final Set<ImapCapability> OFF_UNLESS_ASKED_FOR = EnumSet.of(OBJECTID, QRESYNC, NOTIFY, X_GM_EXT_1);

    private final String atom;

    ImapCapability(String atom) {
        this.atom = atom;
    }

    /** Returns the name as it stands in a CAPABILITY response. */
    public String atom() {
        return atom;
    }

    static EnumSet<ImapCapability> onByDefault() {
        EnumSet<ImapCapability> usual = EnumSet.allOf(ImapCapability.class);
        usual.removeAll(OFF_UNLESS_ASKED_FOR);
        return usual;
    }

    boolean isLoginMechanism() {
        return this == AUTH_PLAIN || this == AUTH_XOAUTH2;
    }
}
