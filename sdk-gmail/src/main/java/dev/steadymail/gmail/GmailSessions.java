package dev.steadymail.gmail;

import com.google.api.client.googleapis.services.CommonGoogleClientRequestInitializer;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.GmailRequest;
import com.google.api.services.gmail.GmailRequestInitializer;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.event.Telemetry;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.Call;

/** Makes Google clients that share one pool of connections. Thread-safe. */
final class GmailSessions {
    private static final String NAME = "Steadymail";
    private static final int UNAUTHORIZED = 401;
    private static final Duration TOKEN_WAIT = Duration.ofSeconds(60);

    private final HttpConnections connections;
    private final URI rootUrl;
    private final long maxResponseBytes;
    private final Telemetry telemetry;

    GmailSessions(HttpConnections connections, URI rootUrl, long maxResponseBytes, Telemetry telemetry) {
        this.connections = connections;
        this.rootUrl = rootUrl;
        this.maxResponseBytes = maxResponseBytes;
        this.telemetry = telemetry;
    }

    /** Returns a client for one attempt with one token; errors come as answers, not as exceptions. */
    Gmail attempt(AccessToken token, Consumer<Call> started) {
        return gmail(connections, started, request -> {
            quiet(request);
            request.setThrowExceptionOnExecuteError(false);
            request.setNumberOfRetries(0);
            request.getHeaders().setAuthorization("Bearer " + token.value().reveal());
            joinTrace(request);
        });
    }

    /** Returns a client for the SDK's user: with Google's own exceptions, and a refused token replaced once. */
    Gmail lasting(TokenSource tokens, TimeSource time, Consumer<Call> started) {
        return gmail(connections.unshared(), started, request -> {
            quiet(request);
            AccessToken token = tokens.token(time.deadline(TOKEN_WAIT));
            request.getHeaders().setAuthorization("Bearer " + token.value().reveal());
            request.setNumberOfRetries(1);
            request.setUnsuccessfulResponseHandler((refused, response, canRetry) -> {
                if (response.getStatusCode() != UNAUTHORIZED || !canRetry) {
                    return false;
                }
                AccessToken other = tokens.tokenAfterRefusal(token, time.deadline(TOKEN_WAIT));
                refused.getHeaders().setAuthorization("Bearer " + other.value().reveal());
                return true;
            });
        });
    }

    /** An upload may go to another of Google's hosts; what goes along is for the API's own. Called on the thread of the attempt. */
    private void joinTrace(HttpRequest request) {
        if (request.getUrl().getHost().equalsIgnoreCase(rootUrl.getHost())) {
            telemetry.headers((name, value) -> request.getHeaders().set(name, value));
        }
    }

    private Gmail gmail(HttpConnections connections, Consumer<Call> started, HttpRequestInitializer initializer) {
        HttpTransport transport = connections.transport(started, maxResponseBytes);
        return new Gmail.Builder(transport, GsonFactory.getDefaultInstance(), initializer)
                .setRootUrl(rootUrl.toString())
                .setApplicationName(NAME)
                .setGoogleClientRequestInitializer(PLAIN_BODIES)
                .build();
    }

    /** Google's client logs bodies when its logger is turned up, and follows redirects with the token. */
    private static void quiet(HttpRequest request) {
        request.setLoggingEnabled(false);
        request.setCurlLoggingEnabled(false);
        request.setFollowRedirects(false);
    }

    /** Request bodies go out as they are: compressed ones are not understood by every server that speaks this API. */
    private static final CommonGoogleClientRequestInitializer PLAIN_BODIES = new GmailRequestInitializer() {
        @Override
        protected void initializeGmailRequest(GmailRequest<?> request) {
            request.setDisableGZipContent(true);
        }
    };
}
