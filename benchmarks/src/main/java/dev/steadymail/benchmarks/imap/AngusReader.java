package dev.steadymail.benchmarks.imap;

import jakarta.mail.Address;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.jspecify.annotations.Nullable;

/** Angus Mail as its documentation has it: fetch profiles, then the getters. */
final class AngusReader implements Contestant {
    private static final int CHUNK = 100;

    private final Endpoint endpoint;
    private final CountingSockets sockets = new CountingSockets();
    private @Nullable Store store;
    private long messages;
    private long contentBytes;
    private long touched;

    AngusReader(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Reading read(Task task) throws Exception {
        Store opened = Session.getInstance(properties()).getStore("imap");
        store = opened;
        opened.connect(Endpoint.HOST, endpoint.port(), endpoint.user(), endpoint.password());
        IMAPFolder inbox = (IMAPFolder) opened.getFolder("INBOX");
        inbox.open(Folder.READ_ONLY);
        if (task == Task.METADATA) {
            readMetadata(inbox);
        } else {
            readBodies(inbox);
        }
        if (touched == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return new Reading(messages, contentBytes, sockets.received(), -1, Duration.ZERO);
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.imap.socketFactory", sockets);
        properties.put("mail.imap.socketFactory.fallback", "false");
        properties.put("mail.imap.timeout", "60000");
        properties.put("mail.imap.peek", "true");
        if (endpoint.certificate() != null) {
            properties.put("mail.imap.ssl.enable", "true");
            // Plain sockets, around which it lays TLS itself where the host is named as trusted.
            properties.put("mail.imap.ssl.socketFactory", sockets);
            properties.put("mail.imap.ssl.trust", Endpoint.HOST);
        }
        return properties;
    }

    private void readMetadata(IMAPFolder inbox) throws MessagingException, IOException {
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.CONTENT_INFO);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(UIDFolder.FetchProfileItem.UID);
        Message[] all = inbox.getMessages();
        inbox.fetch(all, profile);
        for (Message message : all) {
            messages++;
            touched += inbox.getUID(message) + touch(message);
        }
    }

    private static long touch(Message message) throws MessagingException, IOException {
        String subject = message.getSubject();
        return (subject == null ? 0 : subject.length())
                + count(message.getFrom())
                + count(message.getRecipients(Message.RecipientType.TO))
                + (message.getSentDate() == null ? 0 : 1)
                + (message.getReceivedDate() == null ? 0 : 1)
                + (message.isSet(jakarta.mail.Flags.Flag.SEEN) ? 1 : 0)
                + message.getSize()
                + parts(message);
    }

    private static long count(Address @Nullable [] addresses) {
        return addresses == null ? 0 : addresses.length;
    }

    /** Walks through the structure that came; a text's content would be asked for, so only multiparts are opened. */
    private static long parts(Part part) throws MessagingException, IOException {
        long found = part.getContentType().isEmpty() ? 0 : 1;
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart children) {
            for (int i = 0; i < children.getCount(); i++) {
                found += parts(children.getBodyPart(i));
            }
        }
        return found;
    }

    private void readBodies(IMAPFolder inbox) throws MessagingException, IOException {
        FetchProfile profile = new FetchProfile();
        profile.add(IMAPFolder.FetchProfileItem.MESSAGE);
        int count = inbox.getMessageCount();
        for (int first = 1; first <= count; first += CHUNK) {
            Message[] chunk = inbox.getMessages(first, Math.min(count, first + CHUNK - 1));
            inbox.fetch(chunk, profile);
            for (Message message : chunk) {
                messages++;
                message.writeTo(new Discarded());
                // The folder keeps its messages, and they what was fetched.
                ((IMAPMessage) message).invalidateHeaders();
            }
        }
        touched += contentBytes;
    }

    @Override
    public void close() throws IOException {
        try {
            if (store != null) {
                store.close();
            }
        } catch (MessagingException failure) {
            throw new IOException("the store could not be closed", failure);
        }
    }

    private final class Discarded extends OutputStream {
        @Override
        public void write(int octet) {
            contentBytes++;
        }

        @Override
        public void write(byte[] octets, int offset, int length) {
            contentBytes += length;
        }
    }
}
