package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** Remembers a BYE (RFC 3501 section 7.1.5): it explains the failure that follows better than the failure itself. */
final class Farewell {
    private @Nullable String line;

    void observe(Response response) {
        if (response.isBYE()) {
            line = response.toString();
        }
    }

    MailException orElse(ResponseClassifier classifier, MailException otherwise) {
        String said = line;
        if (said == null) {
            return otherwise;
        }
        MailException.Builder explained = classifier.bye(said).toBuilder().cause(otherwise);
        otherwise.effect().ifPresent(explained::mayHaveTakenEffect);
        return explained.build();
    }
}
