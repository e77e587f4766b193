package dev.steadymail.smtp;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RefusedRecipient;
import dev.steadymail.smtp.MessageRoute.Recipient;
import dev.steadymail.smtp.Step.Write.Sort;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message: MAIL, RCPT and DATA, in groups where the server lets commands follow each other (RFC 2920), or chunks (RFC 3030); then
 * its octets; then, by itself, what lets the server accept it. Until that leaves nothing was accepted, for sure; after it only a reply
 * tells. Not thread-safe.
 */
final class MessageDialogue implements Phase {
    private static final int MOST_IN_GROUP = 50;
    private static final int MOST_CHUNKS = 4;
    private static final int PIECE = 16 << 10;
    private static final int CHUNK = 64 << 10;
    private static final byte[] END_MARK = {'.', '\r', '\n'};
    private static final byte[] LAST_OCTET = {'\n'};

    private enum State {
        ENVELOPE,
        /** All are refused, but the server said to go on: it gets an empty message to refuse. */
        NOTHING,
        CONTENT,
        LAST,
        ENDING,
        ACCEPTED
    }

    private final Refusal refusal;
    private final boolean believed;
    private final boolean pipelining;
    private final boolean chunking;
    private final Deque<Order> toSend = new ArrayDeque<>();
    private final Deque<Order> unanswered = new ArrayDeque<>();
    private final List<RefusedRecipient> refused = new ArrayList<>();
    private final DotStuffing dots = new DotStuffing();
    private State state = State.ENVELOPE;
    private int accepted;
    private boolean goAhead;
    private boolean mailAnswered;
    private boolean over;
    private boolean committed;
    private @Nullable ByteBuffer piece;
    private @Nullable MailException failure;

    /** A command with what its answer is about. */
    private record Order(
            Stage stage, ByteBuffer octets, @Nullable Recipient recipient) {}

    /**
     * Prepares a message; nothing is sent yet.
     *
     * @param reset whether there was a message before on this connection
     * @param believed whether it is surely the server that speaks
     * @throws MailException TOO_LARGE or UNSUPPORTED for what the server cannot take, INVALID for what cannot be in a command
     */
    MessageDialogue(
            PreparedMessage message,
            Extensions extensions,
            @Nullable DeliveryNotices notices,
            boolean reset,
            boolean believed,
            Refusal refusal) {
        this.refusal = refusal;
        this.believed = believed;
        this.pipelining = extensions.has("PIPELINING");
        this.chunking = extensions.has("CHUNKING");
        MessageTerms terms = MessageTerms.of(message, extensions, notices);
        if (reset) {
            order(Stage.RESET, CommandLine.of("RSET"), null);
        }
        order(Stage.MAIL, terms.mail(), null);
        for (Recipient recipient : message.route().recipients()) {
            order(Stage.RCPT, terms.recipient(recipient), recipient);
        }
        if (!chunking) {
            order(Stage.DATA, CommandLine.of("DATA"), null);
        }
    }

    private void order(Stage stage, ByteBuffer command, @Nullable Recipient recipient) {
        toSend.add(new Order(stage, command, recipient));
    }

    /** Answers whether the server has said anything about this message: until then a connection may just be stale. */
    boolean isMailAnswered() {
        return mailAnswered;
    }

    /** Answers whether the server took the message. */
    boolean isAccepted() {
        return state == State.ACCEPTED;
    }

    /** Answers whether the connection can take another message: all is answered, and no content is half sent. */
    boolean isSettled() {
        boolean amidContent = state == State.LAST || (state == State.CONTENT && !chunking);
        return !over && unanswered.isEmpty() && !committed && !amidContent;
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    /** What lets the server accept the message is about to leave. */
    void committing() {
        committed = true;
        state = State.ENDING;
        unanswered.add(new Order(Stage.END, ByteBuffer.allocate(0), null));
    }

    @Override
    public Step next() {
        Order oldest = unanswered.peek();
        MailException known = failure;
        if (known != null) {
            return oldest == null ? giveUp(known) : new Step.Await(oldest.stage());
        }
        return switch (state) {
            case ENVELOPE -> oldest == null ? envelope() : new Step.Await(oldest.stage());
            case NOTHING, ENDING -> new Step.Await(Stage.END);
            case CONTENT -> content();
            case LAST -> oldest == null ? commit() : new Step.Await(oldest.stage());
            case ACCEPTED -> new Step.Accepted(refused);
        };
    }

    private Step envelope() {
        ByteBuffer group = group();
        return group.hasRemaining() ? new Step.Write(group, Sort.COMMANDS) : judge();
    }

    /** DATA is the last of its group (RFC 2920 section 3.1), and left out where it is known that nobody gets the message. */
    private ByteBuffer group() {
        if (!toSend.isEmpty() && toSend.peek().stage() == Stage.DATA && accepted == 0) {
            toSend.clear();
        }
        int most = pipelining ? MOST_IN_GROUP : 1;
        int octets = 0;
        for (int i = 0; i < most && !toSend.isEmpty(); i++) {
            Order next = toSend.remove();
            unanswered.add(next);
            octets += next.octets().remaining();
        }
        ByteBuffer group = ByteBuffer.allocate(octets);
        unanswered.forEach(order -> group.put(order.octets()));
        return group.flip();
    }

    /** All is answered: goes on with those who may get the message. */
    private Step judge() {
        MailException why = accepted == 0 ? allRefused() : null;
        if (why == null) {
            state = State.CONTENT;
            return content();
        }
        return giveUp(why);
    }

    /** RFC 2920 section 3.1: a server that says 354 although nobody gets the message waits for an end mark. */
    private Step giveUp(MailException why) {
        if (!goAhead || state != State.ENVELOPE) {
            throw why;
        }
        if (accepted > 0) {
            // The mark would have them get an empty message.
            over = true;
            throw why;
        }
        state = State.NOTHING;
        failure = why;
        unanswered.add(new Order(Stage.END, ByteBuffer.allocate(0), null));
        return new Step.Write(ByteBuffer.wrap(END_MARK.clone()), Sort.CONTENT);
    }

    /** One that may pass later is told before one that will not: then it is worth another try. */
    private MailException allRefused() {
        MailException cause = refused.stream()
                .map(RefusedRecipient::cause)
                .filter(MailException::isRetryable)
                .findFirst()
                .orElseGet(() -> refused.get(0).cause());
        if (refused.size() == 1) {
            return cause;
        }
        MailException.Builder all = MailException.builder(
                        cause.kind(), "all " + refused.size() + " recipients: " + cause.getMessage())
                .providerCode(cause.providerCode().orElse(null))
                .retryAt(cause.retryAt().orElse(null))
                .mayHaveTakenEffect(false);
        return cause.isRetryable() ? all.build() : all.permanent().build();
    }

    private Step content() {
        ByteBuffer taken = piece;
        if (taken != null) {
            piece = null;
            return new Step.Write(taken, Sort.CONTENT);
        }
        int most = pipelining ? MOST_CHUNKS : 1;
        return unanswered.size() < most ? new Step.Content(chunking ? CHUNK : PIECE) : new Step.Await(Stage.CHUNK);
    }

    /** Takes the piece of the message that was asked for; its octets are this object's from now on. */
    void content(ByteBuffer octets, boolean last) {
        piece = chunking ? chunk(octets, last) : dots.stuff(octets);
        if (last) {
            state = State.LAST;
        }
    }

    /** All octets of the last chunk but one, which is LF, leave like any others: without it the server has no whole chunk. */
    private ByteBuffer chunk(ByteBuffer octets, boolean last) {
        byte[] command =
                ("BDAT " + octets.remaining() + (last ? " LAST\r\n" : "\r\n")).getBytes(StandardCharsets.US_ASCII);
        if (last) {
            octets.limit(octets.limit() - 1);
        } else {
            unanswered.add(new Order(Stage.CHUNK, ByteBuffer.allocate(0), null));
        }
        return ByteBuffer.allocate(command.length + octets.remaining())
                .put(command)
                .put(octets)
                .flip();
    }

    /** What is left of the content leaves before that which lets the server accept it. */
    private Step commit() {
        ByteBuffer left = piece;
        if (left != null) {
            piece = null;
            return new Step.Write(left, Sort.CONTENT);
        }
        return new Step.Commit(ByteBuffer.wrap(chunking ? LAST_OCTET.clone() : END_MARK.clone()));
    }

    @Override
    public void reply(Reply reply) {
        Order order = unanswered.poll();
        if (order == null) {
            throw unasked(reply);
        }
        if (reply.isClosing()) {
            over = true;
            committed = false;
            throw refusal.of(order.stage(), reply, believed);
        }
        boolean expected = order.stage() == Stage.DATA ? reply.isIntermediate() : reply.isPositive();
        if (expected) {
            agreed(order);
        } else if (reply.isTransient() || reply.isPermanent()) {
            refused(order, refusal.of(order.stage(), reply, believed));
        } else {
            throw brokenProtocol();
        }
    }

    private void agreed(Order order) {
        switch (order.stage()) {
            case MAIL -> mailAnswered = true;
            case RCPT -> accepted++;
            case DATA -> goAhead = true;
            case END -> ended(State.ACCEPTED);
            default -> {}
        }
    }

    /** The server has said what became of the message. */
    private void ended(State outcome) {
        committed = false;
        state = state == State.ENDING ? outcome : state;
    }

    private void refused(Order order, MailException why) {
        Recipient recipient = order.recipient();
        if (recipient != null) {
            refused.add(new RefusedRecipient(recipient.address(), why));
            return;
        }
        mailAnswered |= order.stage() == Stage.MAIL;
        over |= order.stage() == Stage.RESET;
        if (order.stage() == Stage.DATA && accepted == 0) {
            // As it should be: why is told by what was refused before.
            return;
        }
        if (order.stage() == Stage.END) {
            ended(State.NOTHING);
        }
        failed(why);
    }

    /** Nothing more is sent, and what was sent is answered before anybody is told. */
    private void failed(MailException why) {
        toSend.clear();
        if (failure == null) {
            failure = why;
        }
    }

    /** Amid the content a server may only give up; it does not read on, and so the connection is over. */
    private MailException unasked(Reply reply) {
        if (reply.isTransient() || reply.isPermanent()) {
            over = true;
            return refusal.of(Stage.END, reply, believed);
        }
        return brokenProtocol();
    }

    private MailException brokenProtocol() {
        over = true;
        return MailException.builder(
                        Kind.PROTOCOL, "the server answered what SMTP does not allow; the connection is over")
                .mayHaveTakenEffect(committed)
                .build();
    }
}
