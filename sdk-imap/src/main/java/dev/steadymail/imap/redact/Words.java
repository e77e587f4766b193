package dev.steadymail.imap.redact;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of the vocabulary. A word is found whatever its case, and shown as it is spelled here. Immutable and thread-safe. */
public final class Words {
    /** Commands of IMAP, the two words of UID commands as one. */
    public static final Words COMMANDS =
            of("APPEND AUTHENTICATE CAPABILITY CHECK CLOSE COMPRESS COPY CREATE DELETE DONE ENABLE EXAMINE"
                    + " EXPUNGE FETCH GETMETADATA GETQUOTA GETQUOTAROOT ID IDLE LIST LOGIN LOGOUT LSUB MOVE NAMESPACE NOOP NOTIFY RENAME"
                    + " SEARCH SELECT STARTTLS STATUS STORE SUBSCRIBE UID UNSELECT UNSUBSCRIBE XLIST");

    /** Flags and keywords that specifications name. Those of users are theirs. */
    public static final Words FLAGS = of(
            "\\Seen \\Answered \\Flagged \\Deleted \\Draft \\Recent \\* \\All \\Archive \\Drafts \\Junk"
                    + " \\Sent \\Trash \\Important $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Submitted $SubmitPending");

    /** What LIST says of mailboxes. */
    public static final Words ATTRIBUTES =
            of("\\Noinferiors \\Noselect \\Marked \\Unmarked \\HasChildren \\HasNoChildren \\NonExistent"
                    + " \\Subscribed \\Remote \\All \\Archive \\Drafts \\Flagged \\Junk \\Sent \\Trash \\Important \\Inbox \\Starred"
                    + " \\Spam \\AllMail");

    /** Header fields that are asked for by their name. */
    public static final Words FIELDS =
            of("Bcc Cc Content-Type Content-Transfer-Encoding Content-Disposition Content-ID Date From"
                    + " In-Reply-To List-Id List-Unsubscribe Message-ID MIME-Version Received References Reply-To Return-Path Sender"
                    + " Subject To");

    /** Items of FETCH and parts of their sections. */
    public static final Words ITEMS =
            of("UID FLAGS RFC822.SIZE RFC822.HEADER RFC822.TEXT RFC822 INTERNALDATE ENVELOPE BODYSTRUCTURE"
                    + " BODY BODY.PEEK BINARY BINARY.PEEK BINARY.SIZE MODSEQ EMAILID THREADID X-GM-MSGID X-GM-THRID X-GM-LABELS PREVIEW"
                    + " SAVEDATE HEADER HEADER.FIELDS HEADER.FIELDS.NOT MIME TEXT ALL FAST FULL");

    /** Items of STATUS. */
    public static final Words COUNTERS = of(
            "MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ SIZE DELETED DELETED-STORAGE APPENDLIMIT MAILBOXID");

    /** What responses are called. */
    public static final Words RESPONSES =
            of("OK NO BAD BYE PREAUTH CAPABILITY ENABLED FLAGS SEARCH ESEARCH SORT VANISHED LIST LSUB"
                    + " XLIST STATUS QUOTA QUOTAROOT NAMESPACE ID EXISTS RECENT EXPUNGE FETCH");

    /** Codes of OK, NO and BAD. */
    public static final Words CODES =
            of("ALERT ALREADYEXISTS APPENDUID AUTHENTICATIONFAILED AUTHORIZATIONFAILED BADCHARSET BADEVENT"
                    + " CANNOT CAPABILITY CLIENTBUG CLOSED COMPRESSIONACTIVE CONTACTADMIN COPYUID CORRUPTION EXPIRED EXPUNGEISSUED HASCHILDREN"
                    + " HIGHESTMODSEQ INUSE LIMIT MAILBOXID MODIFIED NOMODSEQ NONEXISTENT NOPERM NOTIFICATIONOVERFLOW NOTSAVED OVERQUOTA"
                    + " PARSE PERMANENTFLAGS PRIVACYREQUIRED READ-ONLY READ-WRITE SERVERBUG THROTTLED TOOBIG TRYCREATE UIDNEXT UIDNOTSTICKY"
                    + " UIDVALIDITY UNAVAILABLE UNKNOWN-CTE UNSEEN WEBALERT");

    /** Mechanisms of SASL. */
    public static final Words MECHANISMS =
            of("PLAIN LOGIN XOAUTH XOAUTH2 OAUTHBEARER CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS"
                    + " SCRAM-SHA-256 SCRAM-SHA-256-PLUS NTLM GSSAPI EXTERNAL ANONYMOUS PLAIN-CLIENTTOKEN");

    /** What servers say that they can do. */
    public static final Words CAPABILITIES =
            of("IMAP4 IMAP4rev1 IMAP4rev2 ACL APPENDLIMIT AUTH BINARY CATENATE CHILDREN COMPRESS CONDSTORE"
                    + " CONTEXT CREATE-SPECIAL-USE ENABLE ESEARCH ESORT I18NLEVEL ID IDLE INPROGRESS LANGUAGE LIST-EXTENDED LIST-METADATA"
                    + " LIST-MYRIGHTS LIST-STATUS LITERAL+ LITERAL- LOGINDISABLED METADATA METADATA-SERVER MOVE MULTIAPPEND MULTISEARCH"
                    + " NAMESPACE NOTIFY OBJECTID PARTIAL PREVIEW QRESYNC QUOTA QUOTASET REPLACE RIGHTS SASL-IR SAVEDATE SEARCHRES"
                    + " SNIPPET SORT SPECIAL-USE STARTTLS STATUS THREAD UIDONLY UIDPLUS UNAUTHENTICATE UNSELECT URLAUTH UTF8 WITHIN X-GM-EXT-1"
                    + " XAPPLEPUSHSERVICE XLIST XYMHIGHESTMODSEQ");

    /** What stands behind the equals sign of a capability. */
    static final Words CAPABILITY_VALUES =
            of("ACCEPT ALL BINARY DEFLATE DISPLAY FUZZY METADATA ONLY ORDEREDSUBJECT REFERENCES REFS"
                    + " RES-MAILBOX RES-MESSAGE RES-STORAGE SEARCH SIZE SORT");

    /** What else commands of this client have. */
    private static final Words GRAMMAR =
            of("NIL UTF8 CONDSTORE QRESYNC +FLAGS -FLAGS +FLAGS.SILENT -FLAGS.SILENT FLAGS.SILENT"
                    + " UNCHANGEDSINCE CHANGEDSINCE VANISHED RETURN MIN MAX COUNT PARTIAL SAVE CHARSET UTF-8 US-ASCII OR NOT UNSEEN SEEN ANSWERED"
                    + " UNANSWERED DELETED UNDELETED DRAFT UNDRAFT FLAGGED UNFLAGGED NEW OLD RECENT KEYWORD UNKEYWORD LARGER SMALLER"
                    + " BEFORE ON SINCE SENTBEFORE SENTON SENTSINCE OLDER YOUNGER SUBJECT FROM TO CC BCC X-GM-RAW SPECIAL-USE"
                    + " SUBSCRIBED CHILDREN STATUS USE SET NONE SELECTED SELECTED-DELAYED PERSONAL INBOXES SUBTREE MAILBOXES MessageNew"
                    + " MessageExpunge FlagChange MailboxName SubscriptionChange DEFLATE");

    private final Map<String, String> spellings;

    private Words(Map<String, String> spellings) {
        this.spellings = Map.copyOf(spellings);
    }

    static Words of(String words) {
        Map<String, String> spellings = new HashMap<>();
        for (String word : words.split(" ")) {
            spellings.put(word.toUpperCase(Locale.ROOT), word);
        }
        return new Words(spellings);
    }

    /** Returns the word's own spelling, null where it is none of these. */
    public @Nullable String find(String word) {
        return spellings.get(word.toUpperCase(Locale.ROOT));
    }

    /** Returns the spelling of a word of this client's commands, null where it is none. */
    static @Nullable String ofCommand(String word) {
        for (Words some : new Words[] {ITEMS, COUNTERS, GRAMMAR, CAPABILITIES}) {
            String found = some.find(word);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
