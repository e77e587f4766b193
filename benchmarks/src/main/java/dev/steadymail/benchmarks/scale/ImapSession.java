package dev.steadymail.benchmarks.scale;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** One client's IMAP session: reads commands, answers them, and tells what arrives while the client waits in IDLE. */
final class ImapSession implements TlsConnection.User {
    private final Population population;
    private final Listener listener;
    private final boolean welcome;
    private final TlsConnection connection;
    private final CommandLines lines = new CommandLines();
    private @Nullable Mailbox mailbox;
    private @Nullable String idleTag;
    private @Nullable String loginTag;
    private boolean selected;
    private boolean notifies;
    private int announced;

    ImapSession(
            Population population,
            Listener listener,
            boolean welcome,
            EventLoop loop,
            SocketChannel channel,
            SSLEngine engine)
            throws IOException {
        this.population = population;
        this.listener = listener;
        this.welcome = welcome;
        connection = new TlsConnection(loop, channel, engine, this);
        population.enter(this);
    }

    @Override
    public void opened() {
        if (welcome) {
            connection.send("* OK [CAPABILITY " + population.capabilities() + "] ready\r\n");
        } else {
            connection.send("* BYE [LIMIT] Too many connections\r\n");
            connection.closeWhenSent();
        }
    }

    @Override
    public void received(ByteBuffer text) {
        StringBuilder out = new StringBuilder();
        for (String line = lines.next(text, out); line != null && welcome; line = lines.next(text, out)) {
            take(line, out);
        }
        if (!out.isEmpty()) {
            connection.send(out);
        }
        if (out.indexOf("* BYE") >= 0) {
            connection.closeWhenSent();
        }
    }

    @Override
    public void closed() {
        population.leave(this);
        if (mailbox != null) {
            mailbox.leave(this);
        }
        if (welcome) {
            listener.left();
        }
    }

    private void take(String line, StringBuilder out) {
        if (idleTag != null) {
            String tag = idleTag;
            idleTag = null;
            out.append(tag).append(line.equalsIgnoreCase("DONE") ? " OK done\r\n" : " BAD expected DONE\r\n");
        } else if (loginTag != null) {
            String tag = loginTag;
            loginTag = null;
            out.append(tag).append(' ').append(ImapCommands.plain(this, line)).append("\r\n");
        } else {
            command(line, out);
        }
    }

    private void command(String line, StringBuilder out) {
        Words words = Words.of(line);
        String tag = words.next();
        String name = words.nextName();
        String whole = name.equals("UID") ? name + " " + words.nextName() : name;
        String completion;
        try {
            completion = ImapCommands.answer(this, whole, tag, words, out);
        } catch (NumberFormatException malformed) {
            completion = "BAD not a number";
        }
        population.asked(completion != null && completion.startsWith("BAD") ? "BAD" : whole);
        if (completion != null) {
            announce(out);
            out.append(tag).append(' ').append(completion).append("\r\n");
        }
    }

    /** New messages are told between commands and while idle, where a client expects them (RFC 3501 section 5.2). */
    private void announce(StringBuilder out) {
        if (selected && mailbox != null && mailbox.messages() > announced) {
            announced = mailbox.messages();
            out.append("* ").append(announced).append(" EXISTS\r\n");
        }
    }

    /** A message arrived; returns whether the client was told at once. */
    boolean tellArrival() {
        StringBuilder out = new StringBuilder();
        if (selected && (idleTag != null || notifies)) {
            announce(out);
        } else if (notifies && mailbox != null) {
            ImapCommands.status(this, mailbox, Words.of("MESSAGES UIDNEXT"), out);
        }
        connection.send(out);
        return !out.isEmpty();
    }

    void reset() {
        connection.reset();
    }

    boolean isLoggedIn() {
        return mailbox != null;
    }

    boolean isIdle() {
        return idleTag != null;
    }

    Population population() {
        return population;
    }

    @Nullable
    Mailbox mailbox() {
        return mailbox;
    }

    /** The mailbox while it is open, else null. */
    @Nullable
    Mailbox selection() {
        return selected ? mailbox : null;
    }

    void login(String user) {
        mailbox = population.mailbox(user.toLowerCase(Locale.ROOT));
        mailbox.enter(this);
    }

    void select(boolean open) {
        selected = open;
        announced = mailbox == null ? 0 : mailbox.messages();
    }

    void notifies(boolean notify) {
        notifies = notify;
    }

    /** The next line is a SASL response. */
    void awaitResponse(String tag, StringBuilder out) {
        loginTag = tag;
        out.append("+ \r\n");
    }

    /** From here on arrivals are told at once; what arrived before is told now. */
    void idle(String tag, StringBuilder out) {
        idleTag = tag;
        out.append("+ idling\r\n");
        announce(out);
    }
}
