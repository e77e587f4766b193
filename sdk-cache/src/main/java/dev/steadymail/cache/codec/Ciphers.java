package dev.steadymail.cache.codec;

import java.security.GeneralSecurityException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;

/**
 * Ciphers that have been used before and are used again: making one takes several times as long as sealing an email with it. They are not
 * tied to threads, of which there may be very many. Thread-safe.
 */
final class Ciphers {
    /** As many as are likely to be busy at once; further ones are made and let go. */
    private static final int MOST_IDLE = 32;

    private final Queue<Cipher> idle = new ArrayBlockingQueue<>(MOST_IDLE);

    /** Returns one that nobody else has, in whatever state. */
    Cipher take() throws GeneralSecurityException {
        Cipher cipher = idle.poll();
        return cipher == null ? Cipher.getInstance("AES/GCM/NoPadding") : cipher;
    }

    /** Takes one back that has ended its work well. */
    void giveBack(Cipher cipher) {
        boolean unused = idle.offer(cipher);
    }
}
