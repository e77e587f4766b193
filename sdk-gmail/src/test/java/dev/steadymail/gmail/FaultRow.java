package dev.steadymail.gmail;

import static dev.steadymail.gmail.FaultedCall.CREATE_LABEL;
import static dev.steadymail.gmail.FaultedCall.IMPORT;
import static dev.steadymail.gmail.FaultedCall.LIST_LABELS;
import static dev.steadymail.gmail.FaultedCall.MOVE;
import static dev.steadymail.gmail.FaultedCall.READ_5;
import static dev.steadymail.gmail.FaultedCall.SEND;
import static dev.steadymail.gmail.FaultedCall.STAR;

import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.gmail.GmailFaults;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.util.function.Consumer;

/** Faults by the names they have in docs/gmail-faults.md, which says what has to come of each. */
enum FaultRow {
    BUSY_ONCE("503 once", LIST_LABELS, GmailFaults.unavailable()),
    BUSY("503 always", LIST_LABELS, GmailFaults.unavailable().always()),
    GATEWAY_ONCE("502 with HTML, once", LIST_LABELS, GmailFaults.badGateway()),
    GATEWAY("502 with HTML, always", LIST_LABELS, GmailFaults.badGateway().always()),
    STATED("429, `Retry-After: 3`", LIST_LABELS, GmailFaults.resourceExhausted().retryAfter(Duration.ofSeconds(3))),
    STATED_LONG(
            "429, `Retry-After: 600`",
            LIST_LABELS,
            GmailFaults.resourceExhausted().retryAfter(Duration.ofMinutes(10))),
    STATED_IN_TEXT(
            "403 `userRateLimitExceeded`, \"Retry after\" a time 90 s away",
            LIST_LABELS,
            GmailFaults.userRateLimitExceeded(ManualTime.START.plusSeconds(90))),
    UNSTATED("429 `rateLimitExceeded`, no time", LIST_LABELS, GmailFaults.resourceExhausted()),
    UNSTATED_403("403 `rateLimitExceeded`, no time", LIST_LABELS, GmailFaults.quotaExceeded()),
    USER_RATE(
            "403 `userRateLimitExceeded`, no time",
            LIST_LABELS,
            GmailFault.status(403, "userRateLimitExceeded", "User Rate Limit Exceeded")),
    CONCURRENT("429 \"Too many concurrent requests\"", LIST_LABELS, GmailFaults.tooManyConcurrentRequests()),
    DAILY("403 `dailyLimitExceeded`", LIST_LABELS, GmailFaults.dailyLimitExceeded()),
    BANDWIDTH("429, bandwidth", LIST_LABELS, GmailFaults.bandwidthLimitExceeded()),
    MAIL_SENDING("429, mail sending", SEND, GmailFaults.mailSendingLimitExceeded()),
    POLICY("403 `domainPolicy`", LIST_LABELS, GmailFaults.domainPolicy().always()),
    NOT_CONFIGURED(
            "403 `accessNotConfigured`",
            LIST_LABELS,
            GmailFaults.accessNotConfigured().always()),
    SCOPE(
            "403 `insufficientPermissions`",
            LIST_LABELS,
            GmailFaults.insufficientPermissions().always()),
    NEW_REASON(
            "403 with a reason nobody knows",
            LIST_LABELS,
            GmailFault.status(403, "quantumLimit", "No.").always()),
    NEW_STATUS("418", LIST_LABELS, GmailFault.status(418, "teapot", "No.").always()),
    NEW_THROTTLE("429 with a reason nobody knows", LIST_LABELS, GmailFault.status(429, "quantumLimit", "No.")),
    GONE(
            "404 always",
            LIST_LABELS,
            GmailFault.status(404, "notFound", "Not Found").always()),
    PRECONDITION(
            "400 `failedPrecondition`",
            LIST_LABELS,
            GmailFaults.failedPrecondition().always()),
    RESET_GET("TCP reset in the reply to a GET", LIST_LABELS, account -> account.resetReply(1)),
    CLOSED_GET(
            "connection closed before the reply, always",
            LIST_LABELS,
            GmailFault.resetBefore().always()),
    CUT_ONCE("body cut in mid-reply, once", LIST_LABELS, GmailFault.truncate(40)),
    CUT("body cut in mid-reply, always", LIST_LABELS, GmailFault.truncate(40).always()),
    STALLED("silence in mid-reply", LIST_LABELS, FaultedAccount::stall),
    EXPIRED("401 once", LIST_LABELS, GmailFaults.unauthorized()),
    REFUSED(
            "401 always",
            LIST_LABELS,
            GmailFaults.unauthorized().onPath("/users/").always()),
    REVOKED("401, then `invalid_grant`", LIST_LABELS, GmailFaults.unauthorized(), GmailFaults.invalidGrant()),
    ROTATED(
            "401, the refresh's answer is lost, then `invalid_grant`",
            LIST_LABELS,
            GmailFaults.unauthorized(),
            GmailFault.resetAfter().onCall("token"),
            GmailFaults.invalidGrant()),
    NOT_ROTATED(
            "401, the refresh's answer is lost, then granted",
            LIST_LABELS,
            GmailFaults.unauthorized(),
            GmailFault.resetAfter().onCall("token")),
    TOKEN_BUSY_ONCE(
            "401, then 503 once from the token endpoint",
            LIST_LABELS,
            GmailFaults.unauthorized(),
            GmailFaults.unavailable().onCall("token")),
    TOKEN_BUSY(
            "401, then 503 always from the token endpoint",
            LIST_LABELS,
            GmailFaults.unauthorized(),
            GmailFaults.unavailable().onCall("token").always()),

    STAR_RESET("TCP reset in the reply to a POST that may be repeated", STAR, account -> account.resetReply(1)),
    STAR_GONE(
            "404, the email is gone",
            STAR,
            account -> account.mailbox().delete(account.ids.get(0).value())),
    MOVE_GONE("the label is gone", MOVE),
    SEND_RESET_EARLY("TCP reset while a send goes out", SEND, account -> account.resetRequest(100)),
    SEND_RESET("send executed, TCP reset before the reply", SEND, account -> account.resetReply(1)),
    SEND_CLOSED(
            "send executed, connection closed before the reply, twice",
            SEND,
            GmailFault.resetAfter().times(2)),
    SEND_CUT("send executed, reply cut", SEND, GmailFault.truncate(5)),
    SEND_STALLED("send executed, silence", SEND, FaultedAccount::stall),
    SEND_BUSY("send not executed, 503", SEND, GmailFaults.unavailable()),
    SEND_BUSY_AFTER("send executed, 503", SEND, GmailFaults.unavailable().afterEffect()),
    SEND_THROTTLED(
            "send, 429 and `Retry-After: 3`",
            SEND,
            GmailFaults.resourceExhausted().retryAfter(Duration.ofSeconds(3))),
    SEND_EXPIRED("send, 401 once", SEND, GmailFaults.unauthorized()),
    IMPORT_CLOSED("import executed, connection closed before the reply", IMPORT, GmailFault.resetAfter()),
    LABEL_CLOSED("label made, connection closed before the reply", CREATE_LABEL, GmailFault.resetAfter()),

    PARTS_CONCURRENT(
            "each part once 429 \"Too many concurrent requests\"",
            READ_5,
            GmailFaults.tooManyConcurrentRequests().onCall("messages.get").times(5)),
    PARTS_THROTTLED(
            "each part once 429 `rateLimitExceeded`, no time",
            READ_5,
            GmailFaults.resourceExhausted().onCall("messages.get").times(5)),
    PART_BUSY("one part 503 once", READ_5, GmailFaults.unavailable().inPart(3)),
    PART_MISSING("one part missing once", READ_5, GmailFault.missingPart().inPart(2)),
    PARTS_SHUFFLED("parts in another order", READ_5, GmailFault.shuffledParts(7)),
    PART_EXPIRED("one part 401 once", READ_5, GmailFaults.unauthorized().inPart(2)),
    PART_GONE(
            "one email gone between list and get",
            READ_5,
            account -> account.mailbox().delete(account.ids.get(3).value())),
    BATCH_CONCURRENT(
            "batch as a whole 429 \"Too many concurrent requests\" once",
            READ_5,
            GmailFaults.tooManyConcurrentRequests().onCall("batch")),
    BATCH_TOO_LARGE(
            "batch as a whole 400 \"Inner request count exceeds the limit\"",
            READ_5,
            GmailFault.status(400, "badRequest", "Inner request count exceeds the limit. Received: 250, Limit: 100")
                    .onCall("batch")
                    .always());

    final String fault;
    final FaultedCall call;
    private final Consumer<FaultedAccount> setUp;

    FaultRow(String fault, FaultedCall call, GmailFault... faults) {
        this(fault, call, account -> account.inject(faults));
    }

    FaultRow(String fault, FaultedCall call, Consumer<FaultedAccount> setUp) {
        this.fault = fault;
        this.call = call;
        this.setUp = setUp;
    }

    void on(FaultedAccount account) {
        setUp.accept(account);
    }
}
