package dev.steadymail.testkit.script;

import java.util.Locale;
import java.util.Objects;

/**
 * Plays a script on one connection, on a thread of its own. Whatever the client does wrong goes to the ledger; nothing is thrown. Its
 * methods are for that thread, unless they say otherwise.
 */
final class Conversation implements Runnable {

    private final int number;
    private final Script script;
    private final Wire wire;
    private final Rules rules;
    private final Pauses pauses;
    private final Ledger ledger;
    private final Remembered memory = new Remembered();
    private final Thread thread;
    private boolean tolerant;
    private boolean closed;
    private volatile boolean stopping;
    private volatile boolean played;

    /** Set only after the ledger knows what went wrong. */
    private volatile boolean over;

    private volatile String present = "nothing, it has just begun";

    Conversation(int number, Script script, Wire wire, Rules rules, Pauses pauses, Ledger ledger, String threadName) {
        this.number = number;
        this.script = script;
        this.wire = wire;
        this.rules = rules;
        this.pauses = pauses;
        this.ledger = ledger;
        thread = new Thread(this, threadName);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void run() {
        try {
            play();
            afterwards();
        } catch (OffScriptException off) {
            // Being stopped looks like a client that went; words too many were really said.
            if (!stopping || played) {
                ledger.mismatch(report(off.got()));
            }
            wire.reset();
        } finally {
            wire.end();
            over = true;
            ledger.changed();
        }
    }

    private void play() throws OffScriptException {
        if (rules.tls() != null) {
            wire.encrypt(rules.tls());
        }
        for (Script.Line line : script.lines()) {
            present = "line " + line.number() + "\n  expected  " + line.text();
            if (line.text().startsWith("S")) {
                transcript().server(filled(line.text()));
            }
            for (Step step : line.steps()) {
                step.play(this);
            }
        }
        present = "its end\n  expected  nothing more";
        played = true;
        ledger.changed();
    }

    private String filled(String text) {
        return text.replace("<tag>", memory.tag())
                .replace("<oldtag>", memory.oldTag())
                .replace("<n>", memory.number());
    }

    /** Keeps the connection open until the client ends it; a client that says more is off the script. */
    private void afterwards() throws OffScriptException {
        if (closed) {
            wire.drain();
            return;
        }
        String more = wire.in().readAvailable();
        while (more != null) {
            String shown = transcript().client(more);
            if (!tolerant) {
                transcript().dropLast();
                throw new OffScriptException("C: " + shown);
            }
            more = wire.in().readAvailable();
        }
    }

    private String report(String got) {
        return String.format(
                Locale.ROOT, "connection %d left its script at %s\n  got       %s\n%s", number, present, got, soFar());
    }

    /** Tells what this connection still waits for; from any thread. */
    String unfinished() {
        return String.format(Locale.ROOT, "connection %d is still at %s\n%s", number, present, soFar());
    }

    private String soFar() {
        StringBuilder text = new StringBuilder("  the dialogue so far:");
        transcript().lines().forEach(line -> text.append("\n    ").append(line));
        return text.toString();
    }

    Wire wire() {
        return wire;
    }

    /** From any thread. */
    Transcript transcript() {
        return wire.transcript();
    }

    Remembered memory() {
        return memory;
    }

    void tolerateMore() {
        tolerant = true;
    }

    void close() {
        closed = true;
        wire.shutdown();
    }

    void reset() {
        closed = true;
        wire.reset();
    }

    void startTls() throws OffScriptException {
        wire.encrypt(Objects.requireNonNull(rules.startTls(), "startTls"));
    }

    void pause(String name) throws OffScriptException {
        try {
            if (!pauses.pause(name)) {
                throw new OffScriptException("no go(\"" + name + "\") from the test within " + rules.deadline());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OffScriptException("the end of the server");
        }
    }

    /** Returns whether nothing more can come but words too many; from any thread. */
    boolean isPlayed() {
        return played || over;
    }

    /** Lets the thread read what has arrived after the last line; from any other thread. */
    void settle() throws InterruptedException {
        long start = System.nanoTime();
        while (played && !closed && thread.isAlive() && wire.hasMore()) {
            if (System.nanoTime() - start > rules.deadline().toNanos()) {
                return;
            }
            thread.join(1);
        }
    }

    /** Ends the connection; from any other thread. */
    void stop() {
        stopping = true;
        thread.interrupt();
        wire.end();
    }

    /** Waits until the thread is gone; from any other thread. */
    void join() throws InterruptedException {
        thread.join(rules.deadline().toMillis());
    }
}
