package dev.steadymail.testkit.gmail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a fault does to a call. */
sealed interface FaultEffect {
    Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Whether it goes together with the next fault, instead of being the last that applies. */
    default boolean addsUp() {
        return false;
    }

    /** The call is not executed and this is answered; without a body, in Google's shape, the server's own if null. */
    record Status(
            int code,
            String reason,
            String message,
            Map<String, String> headers,
            @Nullable String body,
            String contentType,
            @Nullable GmailErrorShape shape)
            implements FaultEffect {
        public Status {
            if (code < 200 || code > 599) {
                throw new IllegalArgumentException("code must be between 200 and 599, was " + code);
            }
            headers = Map.copyOf(headers);
        }

        Reply reply(GmailErrorShape ofServer) {
            String literal = body;
            Reply reply = literal == null
                    ? ErrorBody.reply(code, reason, message, shape == null ? ofServer : shape)
                    : Reply.of(code, contentType, literal.getBytes(StandardCharsets.UTF_8));
            return reply.with(headers);
        }
    }

    /** The call waits before it goes on. */
    record Delay(Duration duration) implements FaultEffect {
        public Delay {
            if (duration.isNegative() || duration.compareTo(LONGEST_WAIT) > 0) {
                throw new IllegalArgumentException("duration must be between 0 and 60 seconds, was " + duration);
            }
        }

        @Override
        public boolean addsUp() {
            return true;
        }
    }

    /** A batch answers its parts in another order. */
    record Shuffle(long seed) implements FaultEffect {
        @Override
        public boolean addsUp() {
            return true;
        }
    }

    /** The connection ends without an answer, and nothing was changed. */
    record ResetBefore() implements FaultEffect {}

    /** The call takes effect, then the connection ends without an answer. */
    record ResetAfter() implements FaultEffect {}

    /** The call takes effect, and this is answered in place of what came of it. */
    record Otherwise(Status status) implements FaultEffect {}

    /** The call takes effect, and a batch does not answer for it. */
    record NoAnswer() implements FaultEffect {}

    /** The call takes effect, and only the beginning of the answer comes. */
    record Part(int bytes, After after) implements FaultEffect {
        /** What comes after the beginning. */
        enum After {
            /** The connection ends. */
            RESET,
            /** Nothing: the answer is complete as HTTP goes. */
            END,
            /** Silence. */
            STALL
        }

        public Part {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
            }
        }
    }

    /** The connection breaks in the middle of the request's body, of which an upload in pieces keeps whole blocks. */
    record CutRequest(int bytes) implements FaultEffect {
        public CutRequest {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
            }
        }
    }

    /** The call is not executed, and the answer is little that unpacks to much. */
    record GzipBomb(int bytes) implements FaultEffect {
        private static final int MOST = 1 << 30;

        public GzipBomb {
            if (bytes < 1 || bytes > MOST) {
                throw new IllegalArgumentException("bytes must be between 1 and " + MOST + ", was " + bytes);
            }
        }
    }
}
