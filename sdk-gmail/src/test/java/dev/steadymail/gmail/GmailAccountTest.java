package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.api.services.gmail.model.Profile;
import dev.steadymail.auth.Tokens;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.guard.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GmailAccountTest {
    private static final GmailAccount ACCOUNT = GmailAccount.with(Tokens.fixed("token"));

    @Test
    void guard_isTheGmailPresetAlone() {
        GuardProfile profile = ACCOUNT.guard();
        assertEquals(QuotaPlans.GMAIL_2026, profile.settings().quota());
        assertEquals(3, profile.settings().maxInFlight());
        assertNull(profile.project());
        assertNull(profile.host());
    }

    @Test
    void guardedAndProject_doNotForgetEachOther() {
        GuardSettings legacy =
                GuardSettings.GMAIL.toBuilder().quota(QuotaPlans.GMAIL_LEGACY).build();
        assertEquals(
                new GuardProfile(legacy, "shop", null),
                ACCOUNT.project("shop").guarded(legacy).user("ada@example.com").guard());
        assertEquals(
                new GuardProfile(legacy, "shop", null, false),
                ACCOUNT.guarded(legacy)
                        .project("shop")
                        .settings(GmailSettings.DEFAULT)
                        .guard());
        assertThrows(IllegalArgumentException.class, () -> ACCOUNT.project(" "));
    }

    @Test
    void width_followsTheGuardWithinABound() {
        assertEquals(3, GmailAccount.width(GuardSettings.GMAIL));
        assertEquals(
                8, GmailAccount.width(GuardSettings.builder().adaptiveMax(8).build()));
        assertEquals(
                20, GmailAccount.width(GuardSettings.builder().maxInFlight(100).build()));
    }

    @Test
    void requests_carryTheirCostAndTimeout() {
        GuardSettings legacy = GuardSettings.GMAIL.toBuilder()
                .quota(QuotaPlans.GMAIL_LEGACY)
                .attemptTimeout(Duration.ofSeconds(7))
                .build();
        ApiCall.ModelBuilder<Profile> any = gmail -> gmail.users().getProfile("me");
        RequestPrices prices = new RequestPrices(legacy, GmailSettings.DEFAULT);
        assertEquals(
                new Request("messages.get", true, Duration.ofSeconds(7), 5),
                prices.request(ApiCall.small("messages.get", any)));
        assertEquals(
                new Request("history.list", true, Duration.ofSeconds(30), 2),
                prices.request(ApiCall.list("history.list", any)));
        assertEquals(
                new Request("messages.get", true, Duration.ofMinutes(5), 5),
                prices.request(ApiCall.streamed("messages.get", ApiCall.Size.DOWNLOAD, content -> "", any::on)));
    }

    @Test
    void defaultTimeoutOfSmallRequests_isTenSeconds() {
        assertEquals(Duration.ofSeconds(10), ACCOUNT.guard().settings().attemptTimeout());
    }
}
