package dev.steadymail.testkit.smtp;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a submission server offers and asks for. Immutable but for its users; shared by all its sessions. */
public final class SmtpSettings {
    private final String name;
    private final Set<SmtpExtension> extensions;
    private final Set<SmtpMechanism> mechanisms;
    private final SmtpUsers users;
    private final long sizeLimit;
    private final int recipientLimit;
    private final boolean startTls;
    private final boolean loginNeedsTls;
    private final boolean openToAll;

    private SmtpSettings(Builder builder) {
        name = builder.name;
        extensions = EnumSet.copyOf(builder.extensions);
        mechanisms = EnumSet.copyOf(builder.mechanisms);
        users = builder.users;
        sizeLimit = builder.sizeLimit;
        recipientLimit = builder.recipientLimit;
        startTls = builder.startTls;
        loginNeedsTls = builder.loginNeedsTls;
        openToAll = builder.openToAll;
    }

    /** Returns a builder of a server with all extensions but BINARYMIME, all mechanisms, and no users. */
    public static Builder builder() {
        return new Builder();
    }

    String name() {
        return name;
    }

    boolean offers(SmtpExtension extension) {
        return extensions.contains(extension);
    }

    boolean offers(SmtpMechanism mechanism) {
        return mechanisms.contains(mechanism);
    }

    Set<SmtpMechanism> mechanisms() {
        return mechanisms;
    }

    /** Returns who may log in; may be changed at any time. */
    public SmtpUsers users() {
        return users;
    }

    long sizeLimit() {
        return sizeLimit;
    }

    int recipientLimit() {
        return recipientLimit;
    }

    boolean offersStartTls() {
        return startTls;
    }

    /** Tells whether the server has AUTH at all: without users nobody could log in. */
    boolean hasLogins() {
        return offers(SmtpExtension.AUTH) && !mechanisms.isEmpty() && !users.isEmpty();
    }

    boolean mayLogIn(boolean encrypted) {
        return hasLogins() && (encrypted || !loginNeedsTls);
    }

    boolean mailNeedsLogin() {
        return !openToAll && hasLogins();
    }

    /** Makes settings. Not thread-safe. */
    public static final class Builder {
        private static final long DEFAULT_SIZE_LIMIT = 36_700_160;
        private static final int DEFAULT_RECIPIENT_LIMIT = 1_000;

        private final Set<SmtpExtension> extensions = EnumSet.copyOf(SmtpExtension.onByDefault());
        private final Set<SmtpMechanism> mechanisms = EnumSet.allOf(SmtpMechanism.class);
        private final SmtpUsers users = new SmtpUsers();
        private String name = "smtp.test";
        private long sizeLimit = DEFAULT_SIZE_LIMIT;
        private int recipientLimit = DEFAULT_RECIPIENT_LIMIT;
        private boolean startTls;
        private boolean loginNeedsTls;
        private boolean openToAll;

        private Builder() {}

        /** Sets the name in the greeting, a domain; {@code smtp.test} unless set. */
        public Builder name(String domain) {
            if (!domain.matches("[A-Za-z0-9.-]+")) {
                throw new IllegalArgumentException("name must be a domain");
            }
            this.name = domain;
            return this;
        }

        /** Adds a user, who must log in before MAIL from now on, as everybody, where AUTH is not taken away. */
        public Builder user(String user, String password) {
            users.password(user, password);
            return this;
        }

        /** Adds an access token of a user, who needs no password then. */
        public Builder token(String user, String token) {
            users.token(user, token);
            return this;
        }

        /** Adds extensions. */
        public Builder with(SmtpExtension... wanted) {
            extensions.addAll(List.of(wanted));
            return this;
        }

        /** Takes extensions away. */
        public Builder without(SmtpExtension... unwanted) {
            List.of(unwanted).forEach(extensions::remove);
            return this;
        }

        /** Offers these ways to log in and no other. */
        public Builder mechanisms(SmtpMechanism... wanted) {
            mechanisms.clear();
            mechanisms.addAll(List.of(wanted));
            return this;
        }

        /** Offers STARTTLS on connections that are not encrypted. */
        public Builder startTls() {
            startTls = true;
            return this;
        }

        /** Announces AUTH and lets users in on encrypted connections only. */
        public Builder loginNeedsTls() {
            loginNeedsTls = true;
            return this;
        }

        /** Takes mail without a login too, although there are users. */
        public Builder openToAll() {
            openToAll = true;
            return this;
        }

        /**
         * Limits messages; 36,700,160 octets unless set.
         *
         * @param octets at least 1, at most 1 GiB
         */
        public Builder sizeLimit(long octets) {
            this.sizeLimit = within("sizeLimit", octets, 1 << 30);
            return this;
        }

        /**
         * Limits the recipients of a message; 1,000 unless set.
         *
         * @param recipients at least 1, at most 100,000
         */
        public Builder recipientLimit(int recipients) {
            this.recipientLimit = (int) within("recipientLimit", recipients, 100_000);
            return this;
        }

        /** Returns the settings. */
        public SmtpSettings build() {
            return new SmtpSettings(this);
        }

        private static long within(String name, long value, long most) {
            if (value < 1 || value > most) {
                throw new IllegalArgumentException(name + " must be 1 to " + most + ", was " + value);
            }
            return value;
        }
    }
}
