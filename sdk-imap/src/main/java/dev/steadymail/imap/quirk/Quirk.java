package dev.steadymail.imap.quirk;

/** Something that a provider does and its capabilities do not tell. */
public enum Quirk {
    /** The host name stands for a fleet: connections are counted per account only, not per host. */
    COUNTS_PER_ACCOUNT,
    /** QRESYNC is stated but does not work; CONDSTORE is used instead. */
    BROKEN_QRESYNC,
    /** Capabilities that come with the greeting or the login's answer are not the true ones; ask by CAPABILITY after login. */
    UNTRUE_CAPABILITIES,
    /** ID (RFC 2971) must be sent after login and before a mailbox is selected, with a name and a version. */
    NEEDS_ID,
    /** Every mailbox is a label on one list of all mail (X-GM-EXT-1); a message is fetched once there, not once a label. */
    LABELS,
    /** BODYSTRUCTURE may be unreadable for single messages; ask for those again without it. */
    UNRELIABLE_STRUCTURE,
    /** SEARCH ignores its criteria; what it finds must be checked here. */
    UNRELIABLE_SEARCH,
    /** XOAUTH2 comes before OAUTHBEARER. */
    PREFERS_XOAUTH2,
    /** IDLE may say nothing although mail arrives; poll as well. */
    SILENT_IDLE,
    /** LIST tells the roles of mailboxes although SPECIAL-USE is not stated (RFC 6154 section 2 allows it). */
    UNSTATED_ROLES,
    /** LIST does not tell the roles of mailboxes; go by names, which are in the user's language. */
    ROLES_BY_NAME,
    /** What is submitted by SMTP is put into the mailbox with role sent by the server; a copy of ours would be a second one. */
    SAVES_SENT
}
