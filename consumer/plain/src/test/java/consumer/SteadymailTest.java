package consumer;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.MailRuntime;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery;
import org.junit.jupiter.api.Test;

final class SteadymailTest {
    @Test
    void runtime_opensAndCloses() {
        MailRuntime.create().close();
    }

    @Test
    void query_withPageSizeOutOfBounds_isRefused() {
        EmailQuery query = EmailQuery.in(Role.INBOX).unseen().newestFirst();
        assertThrows(IllegalArgumentException.class, () -> query.pageSize(EmailQuery.MAX_PAGE_SIZE + 1));
    }
}
