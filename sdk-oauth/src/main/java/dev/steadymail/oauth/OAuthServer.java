package dev.steadymail.oauth;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An authorization server (RFC 6749 section 1.1): where it is, what to ask of it, and in which words. Immutable and thread-safe; each
 * method named like a setting returns a copy with that setting.
 */
public final class OAuthServer {
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

    private final URI authorizationUrl;
    private final URI tokenUrl;
    private final @Nullable URI deviceUrl;
    private final List<String> scopes;
    private final Map<String, String> parameters;
    private final String loopbackHost;

    private OAuthServer(Settings settings) {
        this.authorizationUrl = settings.authorizationUrl;
        this.tokenUrl = settings.tokenUrl;
        this.deviceUrl = settings.deviceUrl;
        this.scopes = List.copyOf(settings.scopes);
        this.parameters = Map.copyOf(settings.parameters);
        this.loopbackHost = settings.loopbackHost;
    }

    /**
     * Returns Google's server with the scope {@code https://mail.google.com/}, which the Gmail API, IMAP and SMTP take alike. The
     * consent screen is asked for each time, since only with it Google hands out a refresh token again.
     */
    public static OAuthServer google() {
        Settings settings = new Settings(
                URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
                URI.create("https://oauth2.googleapis.com/token"));
        settings.deviceUrl = URI.create("https://oauth2.googleapis.com/device/code");
        settings.scopes = List.of("https://mail.google.com/");
        settings.parameters = Map.of("access_type", "offline", "prompt", "consent");
        return new OAuthServer(settings);
    }

    /** Returns Microsoft's server for accounts of every organisation and for personal ones. */
    public static OAuthServer microsoft() {
        return microsoft("common");
    }

    /**
     * Returns Microsoft's server with the scopes for IMAP and SMTP. The redirect goes to {@code localhost}, the one name of this
     * machine that Microsoft's portal lets an application register.
     *
     * @param tenant an organisation's id or domain, {@code organizations}, {@code consumers} or {@code common}
     * @throws IllegalArgumentException for a tenant of another form
     */
    public static OAuthServer microsoft(String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("tenant must be an id or a domain name, such as common or example.com");
        }
        String base = "https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/";
        Settings settings = new Settings(URI.create(base + "authorize"), URI.create(base + "token"));
        settings.deviceUrl = URI.create(base + "devicecode");
        settings.scopes = List.of(
                "https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com/SMTP.Send",
                "offline_access");
        settings.loopbackHost = "localhost";
        return new OAuthServer(settings);
    }

    /**
     * Returns another server, without scopes and without device codes.
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public static OAuthServer at(URI authorizationUrl, URI tokenUrl) {
        return new OAuthServer(new Settings(
                SafeUrl.require("authorizationUrl", authorizationUrl), SafeUrl.require("tokenUrl", tokenUrl)));
    }

    /**
     * Sets where people log in.
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public OAuthServer authorizationUrl(URI url) {
        Settings settings = new Settings(this);
        settings.authorizationUrl = SafeUrl.require("authorizationUrl", url);
        return new OAuthServer(settings);
    }

    /**
     * Sets where tokens are handed out.
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public OAuthServer tokenUrl(URI url) {
        Settings settings = new Settings(this);
        settings.tokenUrl = SafeUrl.require("tokenUrl", url);
        return new OAuthServer(settings);
    }

    /**
     * Sets where device codes are handed out (RFC 8628 section 3.1).
     *
     * @throws IllegalArgumentException for an URL that is neither https nor http towards this machine
     */
    public OAuthServer deviceUrl(URI url) {
        Settings settings = new Settings(this);
        settings.deviceUrl = SafeUrl.require("deviceUrl", url);
        return new OAuthServer(settings);
    }

    /**
     * Sets what a login asks for (RFC 6749 section 3.3).
     *
     * @throws IllegalArgumentException for a scope with blanks or other characters that scopes cannot have
     */
    public OAuthServer scopes(List<String> scopes) {
        if (!scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            throw new IllegalArgumentException("each scope must be one word of visible ASCII; give several as several");
        }
        Settings settings = new Settings(this);
        settings.scopes = scopes;
        return new OAuthServer(settings);
    }

    /** Sets a parameter of the authorization request that this server wants beside those of RFC 6749. */
    public OAuthServer parameter(String name, String value) {
        Settings settings = new Settings(this);
        settings.parameters = new LinkedHashMap<>(parameters);
        settings.parameters.put(name, value);
        return new OAuthServer(settings);
    }

    public URI authorizationUrl() {
        return authorizationUrl;
    }

    public URI tokenUrl() {
        return tokenUrl;
    }

    /** Returns where device codes are handed out; empty where this server has none. */
    public Optional<URI> deviceUrl() {
        return Optional.ofNullable(deviceUrl);
    }

    public List<String> scopes() {
        return scopes;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    /** The name of this machine in redirects to it. */
    String loopbackHost() {
        return loopbackHost;
    }

    /** What a copy starts from. */
    private static final class Settings {
        private URI authorizationUrl;
        private URI tokenUrl;
        private @Nullable URI deviceUrl;
        private List<String> scopes = List.of();
        private Map<String, String> parameters = Map.of();
        private String loopbackHost = "127.0.0.1";

        Settings(URI authorizationUrl, URI tokenUrl) {
            this.authorizationUrl = authorizationUrl;
            this.tokenUrl = tokenUrl;
        }

        Settings(OAuthServer server) {
            this(server.authorizationUrl, server.tokenUrl);
            this.deviceUrl = server.deviceUrl;
            this.scopes = server.scopes;
            this.parameters = server.parameters;
            this.loopbackHost = server.loopbackHost;
        }
    }
}
