package dev.steadymail.testkit.imap;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of a server share.
 *
 * @param accounts by user name
 * @param startTls certificate for STARTTLS, null if that is not offered
 * @param loginNeedsTls whether a plain connection may not log in
 * @param closed counted down when the server closes
 */
record ServerContext(
        Set<ImapCapability> capabilities,
        Map<String, Account> accounts,
        @Nullable SSLContext startTls,
        boolean loginNeedsTls,
        Clock clock,
        FaultPlan faults,
        CommandLog log,
        CommandWatch watch,
        CountDownLatch closed) {

    /** A user's mailboxes and what opens them. */
    record Account(AccountStore store, Credentials credentials) {}
}
