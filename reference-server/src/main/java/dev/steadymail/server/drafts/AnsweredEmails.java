package dev.steadymail.server.drafts;

import dev.steadymail.mail.EmailId;
import dev.steadymail.server.mail.StorableText;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Where the provider has the emails that are answered. Thread-safe. */
@Component
class AnsweredEmails {
    private static final String PROVIDER_ID = """
            select provider_id from email
            where id = ? and account_id = ? and organisation_id = current_organisation()
            """;

    private final JdbcTemplate jdbc;

    AnsweredEmails(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the provider's id of an email.
     *
     * @throws WrongEmailException where the account has no such email
     */
    EmailId providerId(UUID account, UUID email) {
        return jdbc.queryForList(PROVIDER_ID, String.class, email, account).stream()
                .findFirst()
                .map(id -> new EmailId(StorableText.unescaped(id)))
                .orElseThrow(() -> new WrongEmailException(
                        "inReplyTo must be the id of an email of the same account, and there is none with this id"));
    }
}
