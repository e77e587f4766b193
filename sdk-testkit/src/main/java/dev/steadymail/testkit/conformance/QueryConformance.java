package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Role;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextField;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Queries find what they ask for, newest first, each email once, and no page before it is needed. */
abstract class QueryConformance {
    abstract Session session();

    @Test
    void query_emptyMailbox_findsNothing() {
        assertEquals(List.of(), session().keysIn(INBOX));
    }

    @Test
    void query_byMailbox_findsOnlyItsEmails() {
        session().backdoor().createMailbox("Projects");
        session().deliver(SampleMail.named("one"), INBOX);
        session().deliver(SampleMail.named("two"), "Projects");
        assertEquals(List.of("two"), session().keysIn("Projects"));
        assertEquals(List.of("one"), session().keys(EmailQuery.in(Role.INBOX)));
    }

    @Test
    void query_everywhere_findsEmailsOfEveryMailboxOnce() {
        session().backdoor().createMailbox("Projects");
        session().deliver(SampleMail.named("one"), INBOX);
        session().deliver(SampleMail.named("two"), "Projects");
        List<String> keys = session().keys(EmailQuery.everywhere());
        assertEquals(2, keys.size(), () -> "found " + keys);
        assertEquals(Set.of("one", "two"), Set.copyOf(keys));
    }

    @Test
    void query_byKeyword_tellsSeenFromUnseen() {
        session().deliver(SampleMail.named("fresh"), INBOX);
        session().deliver(SampleMail.named("read"), INBOX, Keyword.SEEN);
        assertEquals(List.of("fresh"), session().keys(EmailQuery.in(Role.INBOX).unseen()));
        assertEquals(List.of("read"), session().keys(EmailQuery.in(Role.INBOX).seen()));
    }

    @Test
    void query_byTwoKeywords_needsBoth() {
        session().deliver(SampleMail.named("both"), INBOX, Keyword.SEEN, Keyword.FLAGGED);
        session().deliver(SampleMail.named("flag"), INBOX, Keyword.FLAGGED);
        session().deliver(SampleMail.named("none"), INBOX);
        assertEquals(
                List.of("both"),
                session().keys(EmailQuery.in(Role.INBOX).flagged().seen()));
    }

    @Test
    void query_byTextFields_findsTheEmailThatHoldsThem() {
        session().deliver(SampleMail.named("other"), INBOX);
        session().deliver(special(), INBOX);
        assertFindsSpecial(EmailQuery.in(Role.INBOX).from("radia"));
        assertFindsSpecial(EmailQuery.in(Role.INBOX).subject("perihelion"));
        assertFindsSpecial(EmailQuery.in(Role.INBOX).text("quicksilver"));
        assertFindsSpecial(EmailQuery.in(Role.INBOX).matching(TextField.TO, "evelyn@example.net"));
    }

    @Test
    void query_byMessageId_findsTheEmailThatBearsIt() {
        session().deliver(SampleMail.named("other"), INBOX);
        session().deliver(special(), INBOX);
        assertFindsSpecial(EmailQuery.in(Role.INBOX)
                .matching(TextField.MESSAGE_ID, special().messageId()));
    }

    @Test
    void query_textNobodyWrote_findsNothing() {
        session().deliver(special(), INBOX);
        assertEquals(List.of(), session().keys(EmailQuery.in(Role.INBOX).text("zymurgy")));
    }

    @Test
    void query_textWithQuotesAndBackslash_isNotSyntax() {
        session().deliver(SampleMail.named("plain"), INBOX);
        assertEquals(List.of(), session().keys(EmailQuery.in(Role.INBOX).subject("zy\"mur\\gy) OR (ALL")));
    }

    @Test
    void query_byDate_comparesAtLeastWholeDays() {
        session().deliver(SampleMail.named("old").at(SampleMail.NOON.minus(Duration.ofDays(10))), INBOX);
        session().deliver(SampleMail.named("new"), INBOX);
        EmailQuery inbox = EmailQuery.in(Role.INBOX);
        assertEquals(List.of("new"), session().keys(inbox.receivedSince(SampleMail.NOON.minus(Duration.ofDays(5)))));
        assertEquals(List.of("old"), session().keys(inbox.receivedBefore(SampleMail.NOON.minus(Duration.ofDays(5)))));
    }

    @Test
    void query_smallPages_yieldsEachEmailOnceNewestFirst() {
        session().deliverMany(7);
        assertEquals(
                List.of("m7", "m6", "m5", "m4", "m3", "m2", "m1"),
                session().keys(EmailQuery.in(Role.INBOX).newestFirst().pageSize(2)));
    }

    @Test
    void queryIds_findsWhatQueryFinds_byTheSameTokens() {
        session().deliverMany(7);
        EmailQuery byTwo = EmailQuery.in(session().mailbox(INBOX)).newestFirst().pageSize(2);
        assertSameIds(byTwo);
        assertSameIds(byTwo.matching(TextField.FROM, "@"));
        assertSameIds(EmailQuery.everywhere().pageSize(3));
    }

    @Test
    void queryIds_meetsConditionsThatTheServerWidens() {
        session().deliver(SampleMail.named("old").at(SampleMail.NOON.minusSeconds(1)), INBOX);
        session().deliver(SampleMail.named("new"), INBOX);
        EmailQuery inbox = EmailQuery.in(session().mailbox(INBOX));
        assertSameIds(inbox.receivedSince(SampleMail.NOON));
        assertSameIds(inbox.receivedBefore(SampleMail.NOON));
        assertSameIds(inbox.receivedBefore(SampleMail.NOON).pageSize(1));
    }

    @Test
    void queryIds_unknownMailbox_isNotFound() {
        EmailQuery query = EmailQuery.in(session().fixture().unknownMailbox());
        Session.fails(Kind.NOT_FOUND, () -> session().asking((provider, call) -> provider.queryIds(query, null, call)));
    }

    /** Walks through both answers at once, each page asked for with the other method's token. */
    private void assertSameIds(EmailQuery query) {
        session().asking((provider, call) -> {
            EmailPage emails = provider.query(query, null, call);
            EmailIdPage ids = provider.queryIds(query, null, call);
            assertEquals(EmailIdPage.of(emails), ids);
            for (int pages = 0; emails.next() != null && pages < 20; pages++) {
                PageToken ofEmails = emails.next();
                emails = provider.query(query, ids.next(), call);
                ids = provider.queryIds(query, ofEmails, call);
                assertEquals(EmailIdPage.of(emails), ids);
            }
            assertNull(emails.next(), "more than 20 pages");
            return true;
        });
    }

    @Test
    void query_limit_stopsThere() {
        session().deliverMany(5);
        assertEquals(
                List.of("m5", "m4", "m3"),
                session().keys(EmailQuery.in(Role.INBOX).pageSize(2).limit(3)));
    }

    @Test
    void query_walkedTwice_answersTwice() {
        session().deliverMany(3);
        var results =
                session().client().emails().query(EmailQuery.in(Role.INBOX).pageSize(2));
        assertEquals(
                results.stream().map(Email::id).toList(),
                results.stream().map(Email::id).toList());
    }

    @Test
    void query_manyEmails_costsRequestsOnlyAsItIsWalked() {
        session().deliverMany(12);
        EmailQuery query = EmailQuery.in(session().mailbox(INBOX)).pageSize(3);
        long before = requests();
        Iterator<Email> walk = session().client().emails().query(query).iterator();
        assertEquals(before, requests(), "asking cost requests before the first email was wanted");
        walk.next();
        long firstPage = requests();
        walk.next();
        walk.next();
        assertEquals(firstPage, requests(), "the rest of the first page cost requests");
        walk.forEachRemaining(email -> assertNotNull(email.id()));
        assertTrue(requests() > firstPage, "later pages cost no request, so they came with the first");
    }

    @Test
    void query_levels_fetchNoMoreThanAskedFor() {
        session().deliver(special(), INBOX);
        EmailQuery inbox = EmailQuery.in(Role.INBOX);
        assertNull(session().list(inbox.fetch(FetchLevel.STATE)).get(0).envelope());
        assertNotNull(session().list(inbox.fetch(FetchLevel.METADATA)).get(0).envelope());
        assertNotNull(session().list(inbox.fetch(FetchLevel.STRUCTURE)).get(0).body());
    }

    @Test
    void query_rawExpression_withoutTheCapability_isUnsupported() {
        session().lacks(Capability.RAW_QUERY);
        Session.fails(
                Kind.UNSUPPORTED, () -> session().keys(EmailQuery.in(Role.INBOX).raw("larger:1M")));
    }

    @Test
    void query_unknownMailbox_isNotFound() {
        EmailQuery query = EmailQuery.in(session().fixture().unknownMailbox());
        Session.fails(Kind.NOT_FOUND, () -> session().keys(query));
    }

    private static SampleMail special() {
        return SampleMail.named("special")
                .from("Radia Perlman <radia@example.net>")
                .to("evelyn@example.net")
                .subject("The perihelion of the spanning tree")
                .text("A body with the word quicksilver in it.");
    }

    private void assertFindsSpecial(EmailQuery query) {
        assertEquals(List.of("special"), session().keys(query));
    }

    private long requests() {
        return session().client().traffic().requests();
    }
}
