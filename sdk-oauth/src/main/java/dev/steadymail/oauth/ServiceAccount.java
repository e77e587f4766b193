package dev.steadymail.oauth;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.auth.Tokens;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import okhttp3.FormBody;

/**
 * A Google service account with domain-wide delegation: it opens the mailboxes of a Workspace domain whose administrator allowed its
 * client id the scopes. Nobody logs in; each access token is asked for with a token signed by the account's key (RFC 7523). Immutable and
 * thread-safe; {@code toString} hides it.
 */
public final class ServiceAccount {
    private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final int MOST_OCTETS = 64 << 10;

    private final String email;
    private final String keyId;
    private final PrivateKey key;
    private final URI tokenUrl;
    private final List<String> scopes;

    private ServiceAccount(String email, String keyId, PrivateKey key, URI tokenUrl, List<String> scopes) {
        this.email = email;
        this.keyId = keyId;
        this.key = key;
        this.tokenUrl = tokenUrl;
        this.scopes = scopes;
    }

    /**
     * Reads the key file that Google's console hands out, in JSON, of at most 64 KiB.
     *
     * @throws MailException STORAGE where the file cannot be read, INVALID where it is no key file of a service account
     */
    public static ServiceAccount read(Path keyFile) {
        try (InputStream in = Files.newInputStream(keyFile)) {
            return parse(in.readNBytes(MOST_OCTETS));
        } catch (IOException failure) {
            throw MailException.of(
                    Kind.STORAGE,
                    "the key file of the service account cannot be read; check its place and permissions",
                    failure);
        }
    }

    /**
     * Reads the content of a key file.
     *
     * @throws MailException INVALID where it is no key file of a service account; nothing of it is repeated
     */
    public static ServiceAccount parse(byte[] json) {
        Map<String, String> fields = Answer.fields(json);
        if (!"service_account".equals(fields.get("type"))) {
            throw MailException.of(
                    Kind.INVALID, "this is no key file of a service account; make one in Google's console, in JSON");
        }
        OAuthServer google = OAuthServer.google();
        try {
            return new ServiceAccount(
                    required("client_email", fields),
                    required("private_key_id", fields),
                    PrivateKeyText.parse(required("private_key", fields)),
                    SafeUrl.require(
                            "token_uri",
                            new URI(fields.getOrDefault(
                                    "token_uri", google.tokenUrl().toString()))),
                    google.scopes());
        } catch (URISyntaxException malformed) {
            throw MailException.of(Kind.INVALID, "the key file's token_uri is no URL");
        } catch (IllegalArgumentException unusable) {
            throw MailException.of(Kind.INVALID, "the key file cannot be used: " + unusable.getMessage());
        }
    }

    /** Returns this account asking for other scopes; by default for {@code https://mail.google.com/}. */
    public ServiceAccount scopes(List<String> scopes) {
        OAuthServer checked = OAuthServer.google().scopes(scopes);
        return new ServiceAccount(email, keyId, key, tokenUrl, checked.scopes());
    }

    /**
     * Returns this account asking at another token endpoint than its key file names.
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public ServiceAccount tokenUrl(URI url) {
        return new ServiceAccount(email, keyId, key, SafeUrl.require("tokenUrl", url), scopes);
    }

    /**
     * Returns access tokens for a user's mailbox, asked for when needed, one question at a time.
     *
     * @param user the address of the mailbox
     * @param time clock for expiry, timers for retries
     * @param resolver finds the token endpoint's addresses
     */
    public TokenSource tokens(String user, TimeSource time, HostResolver resolver) {
        TokenRequests requests = new TokenRequests(time, resolver);
        return Tokens.from(deadline -> ask(user, time, requests, deadline), time.clock());
    }

    private AccessToken ask(String user, TimeSource time, TokenRequests requests, Deadline deadline) {
        Instant now = time.now();
        String assertion = new Assertion()
                .claim("iss", email)
                .claim("sub", user)
                .claim("scope", String.join(" ", scopes))
                .claim("aud", tokenUrl.toString())
                .sign(keyId, key, now);
        FormBody form = new FormBody.Builder(StandardCharsets.UTF_8)
                .add("grant_type", GRANT_TYPE)
                .add("assertion", assertion)
                .build();
        try {
            return Grants.token(requests.post("the service account's request", tokenUrl, form, deadline), now)
                    .access();
        } catch (MailException refusal) {
            throw refusal.kind() == Kind.REAUTH_REQUIRED ? unknownUser(refusal) : refusal;
        }
    }

    /** Nobody can log in again here; what Google means is one of these. */
    private static MailException unknownUser(MailException refusal) {
        return MailException.builder(
                        Kind.REAUTH_REQUIRED,
                        "the service account was refused with HTTP "
                                + refusal.providerCode().orElse("400")
                                + "; check that the user is one of the domain, that the key is not deleted, and this machine's clock")
                .providerCode(refusal.providerCode().orElse(null))
                .attempts(refusal.attempts())
                .cause(refusal)
                .build();
    }

    private static String required(String field, Map<String, String> fields) {
        String value = fields.getOrDefault(field, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("it has no " + field);
        }
        return value;
    }

    @Override
    public String toString() {
        return "ServiceAccount[hidden]";
    }
}
