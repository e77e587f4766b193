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
import java.util.List;
import java.util.function.Consumer;

/**
 * A fault by the name that it has in docs/gmail-faults.md, which says what has to come of it.
 *
 * @param fault the name
 * @param call what is asked for while it waits
 * @param setUp makes it
 */
record FaultRow(String fault, FaultedCall call, Consumer<FaultedAccount> setUp) {
    /** Returns all, in the order of the document. */
    static List<FaultRow> all() {
        return List.of(
                row("503 once", LIST_LABELS, GmailFaults.unavailable()),
                row("503 always", LIST_LABELS, GmailFaults.unavailable().always()),
                row("502 with HTML, once", LIST_LABELS, GmailFaults.badGateway()),
                row(
                        "502 with HTML, always",
                        LIST_LABELS,
                        GmailFaults.badGateway().always()),
                row(
                        "429, `Retry-After: 3`",
                        LIST_LABELS,
                        GmailFaults.resourceExhausted().retryAfter(Duration.ofSeconds(3))),
                row(
                        "429, `Retry-After: 600`",
                        LIST_LABELS,
                        GmailFaults.resourceExhausted().retryAfter(Duration.ofMinutes(10))),
                row(
                        "403 `userRateLimitExceeded`, \"Retry after\" a time 90 s away",
                        LIST_LABELS,
                        GmailFaults.userRateLimitExceeded(ManualTime.START.plusSeconds(90))),
                row("429 `rateLimitExceeded`, no time", LIST_LABELS, GmailFaults.resourceExhausted()),
                row("403 `rateLimitExceeded`, no time", LIST_LABELS, GmailFaults.quotaExceeded()),
                row(
                        "403 `userRateLimitExceeded`, no time",
                        LIST_LABELS,
                        GmailFault.status(403, "userRateLimitExceeded", "User Rate Limit Exceeded")),
                row("429 \"Too many concurrent requests\"", LIST_LABELS, GmailFaults.tooManyConcurrentRequests()),
                row("403 `dailyLimitExceeded`", LIST_LABELS, GmailFaults.dailyLimitExceeded()),
                row("429, bandwidth", LIST_LABELS, GmailFaults.bandwidthLimitExceeded()),
                row("429, mail sending", SEND, GmailFaults.mailSendingLimitExceeded()),
                row(
                        "403 `domainPolicy`",
                        LIST_LABELS,
                        GmailFaults.domainPolicy().always()),
                row(
                        "403 `accessNotConfigured`",
                        LIST_LABELS,
                        GmailFaults.accessNotConfigured().always()),
                row(
                        "403 `insufficientPermissions`",
                        LIST_LABELS,
                        GmailFaults.insufficientPermissions().always()),
                row(
                        "403 with a reason nobody knows",
                        LIST_LABELS,
                        GmailFault.status(403, "quantumLimit", "No.").always()),
                row("418", LIST_LABELS, GmailFault.status(418, "teapot", "No.").always()),
                row("429 with a reason nobody knows", LIST_LABELS, GmailFault.status(429, "quantumLimit", "No.")),
                row(
                        "404 always",
                        LIST_LABELS,
                        GmailFault.status(404, "notFound", "Not Found").always()),
                row(
                        "400 `failedPrecondition`",
                        LIST_LABELS,
                        GmailFaults.failedPrecondition().always()),
                row("TCP reset in the reply to a GET", LIST_LABELS, account -> account.resetReply(1)),
                row(
                        "connection closed before the reply, always",
                        LIST_LABELS,
                        GmailFault.resetBefore().always()),
                row("body cut in mid-reply, once", LIST_LABELS, GmailFault.truncate(40)),
                row(
                        "body cut in mid-reply, always",
                        LIST_LABELS,
                        GmailFault.truncate(40).always()),
                row("silence in mid-reply", LIST_LABELS, FaultedAccount::stall),
                row("401 once", LIST_LABELS, GmailFaults.unauthorized()),
                row(
                        "401 always",
                        LIST_LABELS,
                        GmailFaults.unauthorized().onPath("/users/").always()),
                row("401, then `invalid_grant`", LIST_LABELS, GmailFaults.unauthorized(), GmailFaults.invalidGrant()),
                row(
                        "401, the refresh's answer is lost, then `invalid_grant`",
                        LIST_LABELS,
                        GmailFaults.unauthorized(),
                        GmailFault.resetAfter().onCall("token"),
                        GmailFaults.invalidGrant()),
                row(
                        "401, the refresh's answer is lost, then granted",
                        LIST_LABELS,
                        GmailFaults.unauthorized(),
                        GmailFault.resetAfter().onCall("token")),
                row(
                        "401, then 503 once from the token endpoint",
                        LIST_LABELS,
                        GmailFaults.unauthorized(),
                        GmailFaults.unavailable().onCall("token")),
                row(
                        "401, then 503 always from the token endpoint",
                        LIST_LABELS,
                        GmailFaults.unauthorized(),
                        GmailFaults.unavailable().onCall("token").always()),
                row("TCP reset in the reply to a POST that may be repeated", STAR, account -> account.resetReply(1)),
                row(
                        "404, the email is gone",
                        STAR,
                        account -> account.mailbox().delete(account.ids.get(0).value())),
                row("the label is gone", MOVE),
                row("TCP reset while a send goes out", SEND, account -> account.resetRequest(100)),
                row("send executed, TCP reset before the reply", SEND, account -> account.resetReply(1)),
                row(
                        "send executed, connection closed before the reply, twice",
                        SEND,
                        GmailFault.resetAfter().times(2)),
                row("send executed, reply cut", SEND, GmailFault.truncate(5)),
                row("send executed, silence", SEND, FaultedAccount::stall),
                row("send not executed, 503", SEND, GmailFaults.unavailable()),
                row("send executed, 503", SEND, GmailFaults.unavailable().afterEffect()),
                row(
                        "send, 429 and `Retry-After: 3`",
                        SEND,
                        GmailFaults.resourceExhausted().retryAfter(Duration.ofSeconds(3))),
                row("send, 401 once", SEND, GmailFaults.unauthorized()),
                row("import executed, connection closed before the reply", IMPORT, GmailFault.resetAfter()),
                row("label made, connection closed before the reply", CREATE_LABEL, GmailFault.resetAfter()),
                row(
                        "each part once 429 \"Too many concurrent requests\"",
                        READ_5,
                        GmailFaults.tooManyConcurrentRequests()
                                .onCall("messages.get")
                                .times(5)),
                row(
                        "each part once 429 `rateLimitExceeded`, no time",
                        READ_5,
                        GmailFaults.resourceExhausted().onCall("messages.get").times(5)),
                row("one part 503 once", READ_5, GmailFaults.unavailable().inPart(3)),
                row("one part missing once", READ_5, GmailFault.missingPart().inPart(2)),
                row("parts in another order", READ_5, GmailFault.shuffledParts(7)),
                row("one part 401 once", READ_5, GmailFaults.unauthorized().inPart(2)),
                row(
                        "one email gone between list and get",
                        READ_5,
                        account -> account.mailbox().delete(account.ids.get(3).value())),
                row(
                        "batch as a whole 429 \"Too many concurrent requests\" once",
                        READ_5,
                        GmailFaults.tooManyConcurrentRequests().onCall("batch")),
                row(
                        "batch as a whole 400 \"Inner request count exceeds the limit\"",
                        READ_5,
                        GmailFault.status(
                                        400,
                                        "badRequest",
                                        "Inner request count exceeds the limit. Received: 250, Limit: 100")
                                .onCall("batch")
                                .always()));
    }

    private static FaultRow row(String fault, FaultedCall call, GmailFault... faults) {
        return row(fault, call, account -> account.inject(faults));
    }

    private static FaultRow row(String fault, FaultedCall call, Consumer<FaultedAccount> setUp) {
        return new FaultRow(fault, call, setUp);
    }

    @Override
    public String toString() {
        return fault;
    }
}
