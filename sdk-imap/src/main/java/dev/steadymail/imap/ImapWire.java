package dev.steadymail.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.function.Consumer;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.LiteralException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * Angus' reader and writer of the protocol, with a command loop of our own: each response is handed on as it arrives instead of
 * being collected, and one that Angus cannot parse is handed on raw instead of being dropped. Not thread-safe.
 */
final class ImapWire extends IMAPProtocol {
    /** The socket is connected; an address literal keeps Angus from looking a name up again. */
    private static final String UNUSED_HOST = "127.0.0.1";

    ImapWire(ImapSocket socket, int port) throws IOException, ProtocolException {
        super("imap", UNUSED_HOST, port, properties(socket), false, logger());
    }

    /** Called by the super constructor, too: uses no field of this class. */
    @Override
    public Response readResponse() throws IOException, ProtocolException {
        IMAPResponse response = new IMAPResponse(this);
        return response.keyEquals("FETCH") ? parsed(response) : response;
    }

    /**
     * Sends a command and reads until it is completed.
     *
     * @param untagged takes each untagged response, a farewell included
     */
    ResponseCode execute(String command, @Nullable Argument arguments, Consumer<IMAPResponse> untagged)
            throws IOException, ProtocolException {
        suspendTracing();
        String tag;
        try {
            tag = writeCommand(command, arguments);
        } catch (LiteralException refused) {
            return ResponseCode.parse(String.valueOf(refused.getResponse()));
        }
        while (true) {
            Response response = readResponse();
            if (response.isTagged() && tag.equals(response.getTag())) {
                return completed(response);
            }
            observe(response, untagged);
        }
    }

    /**
     * Runs AUTHENTICATE (RFC 3501 section 6.2.2) with one message from us. Whatever the server asks after it gets an empty line,
     * which is how a client acknowledges an error challenge (RFC 7628 section 3.2.3).
     *
     * @param withCommand whether the message may come with the command (RFC 4959)
     */
    ResponseCode authenticate(String mechanism, String message, boolean withCommand, Consumer<IMAPResponse> untagged)
            throws IOException, ProtocolException {
        suspendTracing();
        String tag = writeCommand("AUTHENTICATE " + mechanism + (withCommand ? " " + message : ""), null);
        boolean sent = withCommand;
        while (true) {
            Response response = readResponse();
            if (response.isTagged() && tag.equals(response.getTag())) {
                return completed(response);
            }
            if (response.isContinuation()) {
                writeLine(sent ? "" : message);
                sent = true;
            } else {
                observe(response, untagged);
            }
        }
    }

    private void writeLine(String line) throws IOException {
        getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        getOutputStream().flush();
    }

    private ResponseCode completed(Response response) {
        ResponseCode code = ResponseCode.parse(response.toString());
        if (code.isOk() && code.has("CAPABILITY")) {
            setCapabilities(response);
        }
        return code;
    }

    private void observe(Response response, Consumer<IMAPResponse> untagged) {
        if (response instanceof IMAPResponse known) {
            if (known.keyEquals("CAPABILITY")) {
                handleCapabilityResponse(new Response[] {known});
            }
            untagged.accept(known);
        }
    }

    /** Angus' parser indexes past the end, and recurses, on what it did not foresee; such a response is handed on raw. */
    private Response parsed(IMAPResponse response) {
        try {
            return new FetchResponse(response, getFetchItems(), this);
        } catch (IOException | ProtocolException | RuntimeException | StackOverflowError unreadable) {
            return response;
        }
    }

    private static Properties properties(ImapSocket socket) {
        Properties properties = new Properties();
        properties.put("mail.imap.socketFactory", socket.asFactory());
        properties.put("mail.imap.socketFactory.fallback", "false");
        properties.put("mail.mime.address.strict", "false");
        return properties;
    }

    private static MailLogger logger() {
        return new MailLogger("dev.steadymail.imap.angus", "imap", false, System.err);
    }
}
