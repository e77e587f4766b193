package dev.steadymail.benchmarks.imap;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.UID;

/**
 * Mailboxes as Angus Mail parses them: the items that its fetch profiles of envelope, content info, flags, size and UID ask for, of all
 * messages at once. Responses that it cannot parse are dropped by it in silence, so that a message is missing. Not thread-safe.
 */
final class AngusMailbox implements AutoCloseable {
    private static final String ITEMS = "UID ENVELOPE INTERNALDATE RFC822.SIZE FLAGS BODYSTRUCTURE";
    private static final String TIMEOUT_MS = "300000";

    private final Store store;

    AngusMailbox(Endpoint endpoint) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.timeout", TIMEOUT_MS);
        store = Session.getInstance(properties).getStore("imap");
        store.connect(Endpoint.HOST, endpoint.port(), endpoint.user(), endpoint.password());
    }

    /** Returns the messages by UID, without those whose response was dropped or lacks an item. */
    Map<Long, ComparedMessage> read(String name) throws MessagingException {
        IMAPFolder folder = (IMAPFolder) store.getFolder(name);
        folder.open(Folder.READ_ONLY);
        try {
            Map<Long, ComparedMessage> messages = new HashMap<>();
            int count = folder.getMessageCount();
            if (count > 0) {
                folder.doCommand(protocol -> fetch(protocol, count, messages));
            }
            return messages;
        } finally {
            folder.close(false);
        }
    }

    private static Map<Long, ComparedMessage> fetch(
            IMAPProtocol protocol, int count, Map<Long, ComparedMessage> messages) throws ProtocolException {
        Response[] responses = protocol.fetch(1, count, ITEMS);
        protocol.handleResult(responses[responses.length - 1]);
        for (Response response : responses) {
            if (response instanceof FetchResponse fetch) {
                add(messages, fetch);
            }
        }
        return messages;
    }

    private static void add(Map<Long, ComparedMessage> messages, FetchResponse fetch) {
        UID uid = fetch.getItem(UID.class);
        ENVELOPE envelope = fetch.getItem(ENVELOPE.class);
        BODYSTRUCTURE structure = fetch.getItem(BODYSTRUCTURE.class);
        INTERNALDATE received = fetch.getItem(INTERNALDATE.class);
        RFC822SIZE size = fetch.getItem(RFC822SIZE.class);
        FLAGS flags = fetch.getItem(FLAGS.class);
        if (uid == null || envelope == null || structure == null || received == null || size == null || flags == null) {
            return;
        }
        messages.put(
                uid.uid,
                new ComparedMessage(
                        uid.uid,
                        size.size,
                        received.getDate() == null ? null : received.getDate().toInstant(),
                        AngusFields.keywords(flags),
                        AngusFields.envelope(envelope),
                        AngusFields.structure(structure)));
    }

    @Override
    public void close() throws MessagingException {
        store.close();
    }
}
