package dev.steadymail.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmailQueryTest {
    @Test
    void defaults_areNewestFirstMetadataInPagesOfFifty() {
        EmailQuery query = EmailQuery.everywhere();
        assertTrue(query.isNewestFirst());
        assertEquals(FetchLevel.METADATA, query.level());
        assertEquals(50, query.pageSize());
        assertEquals(Long.MAX_VALUE, query.limit());
        assertEquals(EmailFilter.EVERYTHING, query.filter());
    }

    @Test
    void everyMethod_leavesTheOriginalAlone() {
        EmailQuery original = EmailQuery.in(Role.INBOX);
        EmailQuery changed = original.unseen().from("ada").oldestFirst().limit(3);
        assertEquals(Set.of(), original.filter().without());
        assertEquals(Set.of(Keyword.SEEN), changed.filter().without());
        assertFalse(changed.isNewestFirst());
        assertTrue(original.isNewestFirst());
    }

    @Test
    void conditions_addUp() {
        EmailFilter filter =
                EmailQuery.everywhere().flagged().seen().subject("a").text("b").filter();
        assertEquals(Set.of(Keyword.FLAGGED, Keyword.SEEN), filter.having());
        assertEquals(
                List.of("a", "b"),
                filter.texts().stream().map(EmailQuery.TextMatch::text).toList());
    }

    @Test
    void resolvedTo_replacesTheRole() {
        EmailFilter filter =
                EmailQuery.in(Role.SENT).unseen().resolvedTo(new MailboxId("7")).filter();
        assertNull(filter.role());
        assertEquals(new MailboxId("7"), filter.mailbox());
        assertEquals(Set.of(Keyword.SEEN), filter.without());
    }

    @Test
    void pageSize_isNeverMoreThanTheLimit() {
        assertEquals(20, EmailQuery.everywhere().limit(20).pageSize());
        assertEquals(500, EmailQuery.everywhere().pageSize(500).pageSize());
    }

    @Test
    void bounds_areChecked() {
        EmailQuery query = EmailQuery.everywhere();
        assertEquals("pageSize must be between 1 and 500, was 501", refusal(() -> query.pageSize(501)));
        assertEquals("pageSize must be between 1 and 500, was 0", refusal(() -> query.pageSize(0)));
        assertEquals("limit must be at least 1, was 0", refusal(() -> query.limit(0)));
    }

    @Test
    void searchTexts_cannotSmuggleLines() {
        EmailQuery query = EmailQuery.everywhere();
        for (String text : List.of("", "a\r\nB1 LOGOUT", "a\nb", "a\u0000", "x".repeat(1_001))) {
            assertThrows(IllegalArgumentException.class, () -> query.text(text));
        }
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
