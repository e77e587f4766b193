package dev.steadymail.imap;

import dev.steadymail.imap.codec.StatusText;
import dev.steadymail.imap.wire.BrokenProtocolException;
import dev.steadymail.imap.wire.FarewellException;
import dev.steadymail.imap.wire.ReachFailure;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.io.IOException;

/** Explains why a server could not be reached, or not in safety, and what to do about it. */
final class ConnectFailure {
    private final ImapAccount account;
    private final ResponseClassifier classifier;
    private final ReachFailure reach;

    ConnectFailure(ImapAccount account, ResponseClassifier classifier) {
        this.account = account;
        this.classifier = classifier;
        this.reach = new ReachFailure(
                account.host(),
                account.port(),
                account.settings().connectTimeout(),
                account.settings().tlsTimeout());
    }

    /**
     * Explains a failure.
     *
     * @param believed whether what the server said is surely its own
     */
    MailException explain(IOException failure, boolean believed) {
        if (failure instanceof FarewellException farewell) {
            return farewell(farewell.said(), believed);
        }
        MailException unreached = reach.explain(failure);
        if (unreached != null) {
            return unreached;
        }
        if (failure instanceof BrokenProtocolException broken && broken.isInjected()) {
            return ReachFailure.untrusted(
                    "the server sent data between STARTTLS and the handshake; somebody may be in between", failure);
        }
        if (failure instanceof BrokenProtocolException broken && !broken.isTooLarge()) {
            return notImap();
        }
        return classifier.broken("the greeting and login of " + account.host(), failure);
    }

    /** A text from before TLS may be somebody else's who wants to be called or visited, and so may a time to wait. */
    MailException farewell(StatusText said, boolean believed) {
        MailException known = classifier.byeBeforeLogin(said);
        if (believed) {
            return known;
        }
        return MailException.builder(known.kind(), account.host() + " ended the connection before TLS was on")
                .providerCode(said.code())
                .reach(known.reach())
                .mayHaveTakenEffect(false)
                .build();
    }

    /** What the server said may be what it was told, and is left out. */
    MailException notImap() {
        return MailException.of(
                Kind.PROTOCOL,
                account.host() + " port " + account.port() + " does not greet as an IMAP server; check host and port");
    }
}
