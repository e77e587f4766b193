package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.VacationResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whom the account may send as, and what it answers while its owner is away. */
abstract class SettingsConformance {
    abstract Session session();

    @Test
    void identities_haveIdsAndAddresses() {
        session().needs(Capability.IDENTITIES);
        List<Identity> identities = client().identities();
        assertFalse(identities.isEmpty());
        assertTrue(identities.stream().allMatch(identity -> identity.email().contains("@")));
        assertEquals(
                identities.size(),
                identities.stream().map(Identity::id).distinct().count());
    }

    @Test
    void identities_withoutTheCapability_areUnsupported() {
        session().lacks(Capability.IDENTITIES);
        Session.fails(Kind.UNSUPPORTED, client()::identities);
    }

    @Test
    void vacation_isKeptAsItWasSet() {
        session().needs(Capability.VACATION);
        VacationResponse away = VacationResponse.text("Away", "Back on Monday.")
                .between(SampleMail.NOON, SampleMail.NOON.plus(Duration.ofDays(7)));
        client().setVacation(away);
        assertEquals(away, client().vacation());
        client().setVacation(away.off());
        assertEquals(away.off(), client().vacation());
    }

    @Test
    void vacation_withoutTheCapability_isUnsupported() {
        session().lacks(Capability.VACATION);
        Session.fails(Kind.UNSUPPORTED, client()::vacation);
        Session.fails(Kind.UNSUPPORTED, () -> client().setVacation(VacationResponse.OFF));
    }

    private MailClient client() {
        return session().client();
    }
}
