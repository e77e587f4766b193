package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection from greeting to end, on its own thread. Its state belongs to that thread, except what the pushes of IDLE and NOTIFY use
 * as well: the writer, and the volatile fields.
 */
final class ImapSession implements Runnable {

    private final ServerContext context;
    private final ResponseWriter writer;
    private final CommandInput input;
    private final CommandDispatcher dispatcher;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Socket socket;
    private SessionState state = SessionState.NOT_AUTHENTICATED;
    private ServerContext.@Nullable Account account;
    private volatile @Nullable SelectedMailbox selected;
    private volatile ChangeTracking tracking = ChangeTracking.NONE;
    private volatile @Nullable NotifyPush notify;
    private boolean tlsRequested;
    private String tag = "";

    ImapSession(Socket socket, ServerContext context) throws IOException {
        this.socket = socket;
        this.context = context;
        this.writer = new ResponseWriter(socket.getOutputStream(), context.faults());
        this.input = new CommandInput(socket.getInputStream(), writer, offers(ImapCapability.LITERAL_PLUS));
        this.dispatcher = new CommandDispatcher(this, CommandTable.of(context.capabilities()));
    }

    @Override
    public void run() {
        try {
            greet();
            serve();
        } catch (IOException ended) {
            // The client went away or a fault cut the connection: either way the session is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void greet() throws IOException, InterruptedException {
        writer.beginExchange();
        ImapFault.OnConnect fault = context.faults().take(ImapFault.OnConnect.class);
        if (fault instanceof ImapFault.GreetingBye bye) {
            refuse(bye.text());
        } else if (fault instanceof ImapFault.NeverGreet) {
            input.swallow();
            throw new ConnectionCutException("never greeted");
        } else if (fault instanceof ImapFault.DelayGreeting slow
                && context.closed().await(slow.delay().toNanos(), TimeUnit.NANOSECONDS)) {
            throw new ConnectionCutException("the server closed before the greeting");
        }
        writer.untagged("OK [CAPABILITY " + CapabilityCommand.list(this) + "] ready");
        writer.flush();
    }

    /** Sends BYE and ends the session. */
    void refuse(String text) throws IOException {
        writer.untagged("BYE " + text);
        writer.flush();
        throw new ConnectionCutException("ended with BYE");
    }

    private void serve() throws IOException {
        while (state != SessionState.LOGOUT) {
            CommandInput.RawCommand command = input.readCommand();
            if (command == null) {
                return;
            }
            turn.lock();
            try {
                dispatcher.execute(command);
                switchToTlsIfRequested();
            } finally {
                turn.unlock();
            }
        }
    }

    void close() {
        stopNotifying();
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // Nothing is left to be released.
        }
    }

    ServerContext context() {
        return context;
    }

    ResponseWriter writer() {
        return writer;
    }

    CommandInput input() {
        return input;
    }

    /** Returns the tag of the present command, which ESEARCH repeats. */
    String tag() {
        return tag;
    }

    void tag(String ofCommand) {
        tag = ofCommand;
    }

    SessionState state() {
        return state;
    }

    boolean offers(ImapCapability capability) {
        return context.capabilities().contains(capability);
    }

    void require(ImapCapability capability) {
        if (!offers(capability)) {
            throw new CommandSyntaxException("this server has no " + capability.atom());
        }
    }

    private boolean isEncrypted() {
        return socket instanceof SSLSocket;
    }

    boolean mayStartTls() {
        return context.startTls() != null && !isEncrypted();
    }

    boolean mayLogin() {
        return isEncrypted() || !context.loginNeedsTls();
    }

    /** Begins TLS once the answer to the present command is out. */
    void requestTls() {
        tlsRequested = true;
    }

    private void switchToTlsIfRequested() throws IOException {
        SSLContext certificate = context.startTls();
        if (!tlsRequested || certificate == null) {
            return;
        }
        tlsRequested = false;
        SSLSocket encrypted = TlsSockets.serverSide(certificate, socket);
        socket = encrypted;
        encrypted.startHandshake();
        input.switchTo(encrypted.getInputStream());
        writer.switchTo(encrypted.getOutputStream());
    }

    void logIn(ServerContext.Account user) {
        account = user;
        state = SessionState.AUTHENTICATED;
    }

    void logOut() {
        state = SessionState.LOGOUT;
    }

    AccountStore store() {
        ServerContext.Account user = account;
        if (user == null) {
            throw new IllegalStateException("no user is logged in");
        }
        return user.store();
    }

    void select(SelectedMailbox mailbox) {
        selected = mailbox;
        state = SessionState.SELECTED;
    }

    void deselect() {
        selected = null;
        state = SessionState.AUTHENTICATED;
    }

    @Nullable
    SelectedMailbox selectedOrNull() {
        return selected;
    }

    SelectedMailbox selected() {
        SelectedMailbox mailbox = selected;
        if (mailbox == null) {
            throw new IllegalStateException("no mailbox is selected");
        }
        return mailbox;
    }

    ChangeTracking tracking() {
        return tracking;
    }

    /** Notes that the client knows of modification sequences (RFC 7162 section 3.1). */
    void enableCondstore() {
        require(ImapCapability.CONDSTORE);
        SelectedMailbox mailbox = selected;
        if (tracking == ChangeTracking.NONE && mailbox != null) {
            long highest = store().call(() -> mailbox.mailbox().highestModSeq());
            writer.untagged("OK [HIGHESTMODSEQ " + highest + "] modification sequences are on");
        }
        if (tracking == ChangeTracking.NONE) {
            tracking = ChangeTracking.CONDSTORE;
        }
    }

    /** Notes that the client wants VANISHED from now on, which brings modification sequences along (RFC 7162 section 3.2.3). */
    void enableQresync() {
        enableCondstore();
        tracking = ChangeTracking.QRESYNC;
    }

    /** Tells the client of changes; nothing is sent before the next flush. */
    void reportChanges(boolean mayExpunge) {
        SelectedMailbox mailbox = selected;
        NotifyPush push = notify;
        if (mailbox != null) {
            store().call(() -> {
                mailbox.report(writer, mayExpunge, tracking, push == null ? List.of() : push.ofNew());
                return true;
            });
        }
        if (push != null) {
            push.reportUnselected();
        }
    }

    /** Begins to push; the caller has the turn. */
    void startNotifying(NotifyWatch watch) {
        notify = NotifyPush.start(this, watch);
    }

    void stopNotifying() {
        NotifyPush push = notify;
        notify = null;
        if (push != null) {
            push.stop();
        }
    }

    /** Returns what is held during a command, so that NOTIFY pushes between commands only. */
    ReentrantLock turn() {
        return turn;
    }

    /** Ends the session if its mailbox was deleted or made anew, since its UIDs mean nothing any more. */
    void endIfMailboxIsGone() throws IOException {
        SelectedMailbox mailbox = selected;
        if (mailbox != null && store().call(() -> mailbox.mailbox().isGone())) {
            refuse("the selected mailbox was deleted or recreated");
        }
    }
}
