package dev.steadymail.oauth;

import dev.steadymail.guard.RetryHint;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns refusals of authorization servers into {@link MailException}: by the error's code (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628
 * section 3.5, OpenID Connect Core section 3.1.2.6, and what Google and Microsoft add), else by HTTP's status. Texts of the server
 * reach no message, since they may name people.
 */
final class Refusals {
    private static final Pattern CODE = Pattern.compile("[A-Za-z_]{1,40}");
    private static final Pattern MICROSOFT = Pattern.compile("AADSTS\\d{4,8}");

    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("invalid_grant", Kind.REAUTH_REQUIRED),
            Map.entry("interaction_required", Kind.REAUTH_REQUIRED),
            Map.entry("login_required", Kind.REAUTH_REQUIRED),
            Map.entry("consent_required", Kind.REAUTH_REQUIRED),
            Map.entry("account_selection_required", Kind.REAUTH_REQUIRED),
            Map.entry("expired_token", Kind.REAUTH_REQUIRED),
            Map.entry("access_denied", Kind.FORBIDDEN),
            Map.entry("authorization_declined", Kind.FORBIDDEN),
            Map.entry("admin_policy_enforced", Kind.FORBIDDEN),
            Map.entry("org_internal", Kind.FORBIDDEN),
            Map.entry("invalid_client", Kind.FORBIDDEN),
            Map.entry("deleted_client", Kind.FORBIDDEN),
            Map.entry("disabled_client", Kind.FORBIDDEN),
            Map.entry("unauthorized_client", Kind.FORBIDDEN),
            Map.entry("invalid_scope", Kind.FORBIDDEN),
            Map.entry("invalid_request", Kind.INVALID),
            Map.entry("invalid_target", Kind.INVALID),
            Map.entry("invalid_resource", Kind.INVALID),
            Map.entry("redirect_uri_mismatch", Kind.INVALID),
            Map.entry("unsupported_grant_type", Kind.INVALID),
            Map.entry("unsupported_response_type", Kind.INVALID),
            Map.entry("server_error", Kind.UNAVAILABLE),
            Map.entry("temporarily_unavailable", Kind.UNAVAILABLE),
            Map.entry("internal_failure", Kind.UNAVAILABLE),
            Map.entry("slow_down", Kind.THROTTLED),
            Map.entry("rate_limit_exceeded", Kind.THROTTLED),
            Map.entry("quota_exceeded", Kind.THROTTLED));

    private Refusals() {}

    /**
     * Returns the failure that an answer stands for.
     *
     * @param what was asked for, for the message
     */
    static MailException of(String what, Answer answer, Instant now) {
        String error = answer.text("error");
        Kind kind = kind(answer.status(), error);
        String code = code(answer);
        boolean passes = kind == Kind.UNAVAILABLE || kind == Kind.THROTTLED;
        return MailException.builder(
                        kind, what + " was refused with HTTP " + code + remedy(kind, error, microsoft(answer)))
                .providerCode(code)
                .retryAt(passes ? RetryHint.header(answer.retryAfter(), now) : null)
                .build();
    }

    /** Returns the failure that a redirect with an error stands for (RFC 6749 section 4.1.2.1). */
    static MailException redirected(String error, String description) {
        String code = CODE.matcher(error).matches() ? error : "an unreadable error";
        Kind kind = KINDS.getOrDefault(error, Kind.INVALID);
        String microsoft = firstMatch(MICROSOFT, description);
        return MailException.builder(kind, "the login ended with " + code + remedy(kind, error, microsoft))
                .providerCode(microsoft.isEmpty() ? code : code + " " + microsoft)
                .build();
    }

    private static Kind kind(int status, String error) {
        if (status >= 500) {
            return Kind.UNAVAILABLE;
        }
        if (status == 429) {
            return Kind.THROTTLED;
        }
        Kind named = KINDS.get(error);
        return named == null ? byStatus(status) : named;
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 401 -> Kind.FORBIDDEN;
            // Seen where many processes refresh one token at once: a 403 without a reason.
            case 403 -> Kind.THROTTLED;
            case 408 -> Kind.TIMEOUT;
            default -> status / 100 == 4 ? Kind.INVALID : Kind.PROTOCOL;
        };
    }

    private static String code(Answer answer) {
        String error = answer.text("error");
        String microsoft = microsoft(answer);
        return answer.status()
                + (CODE.matcher(error).matches() ? " " + error : "")
                + (microsoft.isEmpty() ? "" : " " + microsoft);
    }

    private static String microsoft(Answer answer) {
        return firstMatch(MICROSOFT, answer.text("error_description"));
    }

    private static String firstMatch(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group() : "";
    }

    private static String remedy(Kind kind, String error, String microsoft) {
        String known = microsoftRemedy(microsoft);
        return known.isEmpty() ? remedy(kind, error) : known;
    }

    /** The cases in which Microsoft's number says more than the code does. */
    private static String microsoftRemedy(String code) {
        return switch (code) {
            case "AADSTS50076", "AADSTS50079" -> "; a second factor is wanted: the account's owner must log in again";
            case "AADSTS53000", "AADSTS53001", "AADSTS53003", "AADSTS53004" ->
                "; a rule of the organisation forbids this access: its administrator can allow it, then log in again";
            case "AADSTS65001", "AADSTS65004" -> "; consent is missing: the account's owner must log in and agree";
            case "AADSTS90094", "AADSTS90093" -> "; only the organisation's administrator can agree to this";
            case "AADSTS700082", "AADSTS70043", "AADSTS50173" ->
                "; the refresh token has ended: the account's owner must log in again";
            case "AADSTS7000215", "AADSTS7000222" -> "; the client secret is wrong or has expired: make a new one";
            case "AADSTS7000218" -> "; allow public client flows in the app registration, or give its client secret";
            case "AADSTS700016" -> "; the tenant does not know this client id: check both";
            case "AADSTS50011" -> "; register the redirect http://localhost/callback as that of a desktop application";
            default -> "";
        };
    }

    private static String remedy(Kind kind, String error) {
        return switch (error) {
            case "invalid_client", "deleted_client", "disabled_client" -> "; check client id and client secret";
            case "unauthorized_client" ->
                "; allow this kind of login for the client, or, for a service account, its client id in the domain's delegation";
            case "invalid_scope" ->
                "; allow the scopes for the client (Google allows no Gmail scope with device codes: log in by browser)";
            case "access_denied", "authorization_declined" -> "; consent was refused: log in again and agree";
            case "admin_policy_enforced", "org_internal" -> "; the organisation's administrator must allow this client";
            case "redirect_uri_mismatch" -> "; register the redirect, or use a client of type desktop application";
            case "expired_token" -> "; the code was not entered in time: start again";
            default -> remedy(kind);
        };
    }

    private static String remedy(Kind kind) {
        return switch (kind) {
            case REAUTH_REQUIRED -> "; the account's owner must log in again";
            case THROTTLED -> "; too many requests: try again later, and let fewer processes refresh the same token";
            case UNAVAILABLE, TIMEOUT -> "; try again later";
            case FORBIDDEN -> "; check client id, client secret and what the client is allowed";
            case INVALID -> "; check client id and URLs";
            default -> "; check that the URL is that of the authorization server";
        };
    }
}
