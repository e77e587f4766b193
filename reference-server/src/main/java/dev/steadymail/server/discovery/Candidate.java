package dev.steadymail.server.discovery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the mail of an address may be.
 *
 * @param user the name to log in with
 * @param logins what gets in: {@code password}, {@code oauth}
 * @param hint what the provider asks for, or null
 */
record Candidate(
        Source source,
        Confidence confidence,
        String user,
        Server imap,
        @Nullable Server smtp,
        List<String> logins,
        @Nullable String hint) {
    static final List<String> PASSWORD = List.of("password");

    Candidate {
        logins = List.copyOf(logins);
    }

    /** Returns whether a secret may go there without anybody having looked: a forged answer of a name server is no reason to. */
    boolean isTrusted() {
        return confidence != Confidence.LOW || source == Source.GUESS;
    }

    @Override
    public String toString() {
        return "Candidate[" + source + "]";
    }

    /** Who says so. */
    enum Source {
        /** The table of known providers, by the domain. */
        PROVIDER,
        /** The domain's own site, over https. */
        AUTOCONFIG,
        /** The table of known providers, by the domain's mail exchangers. */
        MX,
        /** The domain's name servers. */
        SRV,
        /** Nobody: names that many use. */
        GUESS;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How likely it is. */
    enum Confidence {
        HIGH,
        MEDIUM,
        /** Look at the name of the host before giving it a secret. */
        LOW;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
