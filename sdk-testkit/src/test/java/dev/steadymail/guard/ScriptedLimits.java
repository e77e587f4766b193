package dev.steadymail.guard;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A store that answers when a test says so, or does what a test planned for its next questions. Questions may come from any thread. */
final class ScriptedLimits implements SharedLimits {
    static final Verdict GRANTED = new Verdict.Granted();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Verdict>> verdicts = new CopyOnWriteArrayList<>();
    private Supplier<CompletionStage<Verdict>> admit = this::pending;
    private Supplier<CompletionStage<Boolean>> note = CompletableFuture::new;

    void onAdmit(Supplier<CompletionStage<Verdict>> admit) {
        this.admit = admit;
    }

    void onNote(Supplier<CompletionStage<Boolean>> note) {
        this.note = note;
    }

    /** Goes back to answers that are left open. */
    void leaveOpen() {
        this.admit = this::pending;
    }

    /** Returns the names of the methods called. */
    List<String> asked() {
        return asked;
    }

    /** Returns an answer that was left open, from 0. */
    CompletableFuture<Verdict> verdict(int number) {
        return verdicts.get(number);
    }

    private CompletionStage<Verdict> pending() {
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        verdicts.add(verdict);
        return verdict;
    }

    @Override
    public CompletionStage<Verdict> admit(Demand demand) {
        asked.add("admit");
        return admit.get();
    }

    @Override
    public CompletionStage<Boolean> open(Opening opening) {
        asked.add("open");
        return note.get();
    }

    @Override
    public CompletionStage<Boolean> close(String scope) {
        asked.add("close");
        return note.get();
    }
}
