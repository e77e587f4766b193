package dev.steadymail.testkit.sync;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;

/** Where a process of a sync may die, and where its disk may be full. Belongs to one thread. */
final class SyncTrouble {
    private final Chance chance;
    private final SyncStory story;
    private double probability;

    SyncTrouble(Chance chance, SyncStory story) {
        this.chance = chance;
        this.story = story;
    }

    void often(double newProbability) {
        probability = newProbability;
    }

    void crash(String where) {
        if (chance.happens("crash." + where, probability)) {
            story.tell("crash " + where);
            throw new SimulatedCrash(where);
        }
    }

    boolean tears() {
        return chance.happens("crash.while.applying", probability);
    }

    void fullDisk() {
        if (chance.happens("disk.full", probability / 2)) {
            story.tell("disk full");
            throw MailException.of(Kind.STORAGE, "no space left");
        }
    }
}
