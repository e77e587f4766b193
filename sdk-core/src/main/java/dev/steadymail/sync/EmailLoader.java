package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Call;
import java.util.List;

/** Reads the emails that appeared, as far as the store's owner wants them: metadata only, or octets kept elsewhere. */
@FunctionalInterface
public interface EmailLoader {
    /**
     * Reads emails. Ids in neither list of the answer are gone.
     *
     * @param call the deadline of the load and the lane to read in; {@code MailClient.with(call)} reads under both
     * @throws dev.steadymail.mail.MailException where the whole load failed; the page is then asked for again
     */
    Loaded load(List<EmailId> ids, Call call);

    /**
     * What a load brought.
     *
     * @param emails those that were read
     * @param parked those that exist and could not be read
     */
    record Loaded(List<Email> emails, List<ParkedEmail> parked) {
        public Loaded {
            emails = List.copyOf(emails);
            parked = List.copyOf(parked);
        }
    }
}
