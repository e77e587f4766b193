package dev.steadymail.gmail;

import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.model.SendAs;
import com.google.api.services.gmail.model.VacationSettings;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.IdentityId;
import dev.steadymail.mail.VacationResponse;
import dev.steadymail.provider.Call;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the owner set: addresses to send as, and the answer while away. Thread-safe. */
final class SettingsMethods {
    private final GmailApi api;
    private final String user;

    SettingsMethods(GmailApi api, String user) {
        this.api = api;
        this.user = user;
    }

    /** Returns the addresses that are confirmed, the default first. */
    List<Identity> identities(Call call) {
        var answer = api.send(
                ApiCall.small(
                        "settings.sendAs.list",
                        gmail -> settings(gmail)
                                .sendAs()
                                .list(user)
                                .setFields(
                                        "sendAs(sendAsEmail,displayName,replyToAddress,signature,isPrimary,isDefault,"
                                                + "verificationStatus)")),
                call);
        List<SendAs> all = answer.getSendAs() == null ? List.of() : answer.getSendAs();
        return all.stream()
                .filter(each -> !text(each.getSendAsEmail()).isBlank())
                .filter(each -> each.getVerificationStatus() == null
                        || "accepted".equals(each.getVerificationStatus())
                        || Boolean.TRUE.equals(each.getIsPrimary()))
                .sorted(Comparator.comparing(each -> !Boolean.TRUE.equals(each.getIsDefault())))
                .map(SettingsMethods::identity)
                .toList();
    }

    VacationResponse vacation(Call call) {
        VacationSettings now = settings(call);
        return new VacationResponse(
                Boolean.TRUE.equals(now.getEnableAutoReply()),
                instant(now.getStartTime()),
                instant(now.getEndTime()),
                nullIfEmpty(now.getResponseSubject()),
                nullIfEmpty(now.getResponseBodyPlainText()),
                nullIfEmpty(now.getResponseBodyHtml()));
    }

    /** Whom it is limited to stays, which our model does not know. Doing it twice is as doing it once. */
    void setVacation(VacationResponse vacation, Call call) {
        VacationSettings now = settings(call);
        VacationSettings change = new VacationSettings()
                .setEnableAutoReply(vacation.enabled())
                .setStartTime(millis(vacation.fromDate()))
                .setEndTime(millis(vacation.toDate()))
                .setResponseSubject(text(vacation.subject()))
                .setResponseBodyPlainText(vacation.textBody())
                .setResponseBodyHtml(vacation.htmlBody())
                .setRestrictToContacts(now.getRestrictToContacts())
                .setRestrictToDomain(now.getRestrictToDomain());
        var unused = api.send(
                ApiCall.small(
                        "settings.updateVacation",
                        gmail -> settings(gmail)
                                .updateVacation(user, change.clone())
                                .setFields("enableAutoReply")),
                call);
    }

    private VacationSettings settings(Call call) {
        return api.send(
                ApiCall.small("settings.getVacation", gmail -> settings(gmail).getVacation(user)), call);
    }

    private static Identity identity(SendAs of) {
        String replyTo = text(of.getReplyToAddress());
        return new Identity(
                new IdentityId(of.getSendAsEmail()),
                text(of.getDisplayName()),
                of.getSendAsEmail(),
                replyTo.isEmpty() ? List.of() : List.of(new EmailAddress(null, replyTo)),
                List.of(),
                "",
                text(of.getSignature()),
                !Boolean.TRUE.equals(of.getIsPrimary()));
    }

    private static Gmail.Users.Settings settings(Gmail gmail) {
        return gmail.users().settings();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String nullIfEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null || millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
