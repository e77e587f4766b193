package dev.steadymail.testkit.gmail;

/** All paths but the batch's: tokens, keys, Pub/Sub, and the API. Threadsafe. */
final class Endpoints {
    private final TokenEndpoint tokens;
    private final RestApi api;
    private final PushTokens pushTokens;
    private final PubSubEndpoint pubSub;

    Endpoints(TokenEndpoint tokens, RestApi api, PushTokens pushTokens, PubSubEndpoint pubSub) {
        this.tokens = tokens;
        this.api = api;
        this.pushTokens = pushTokens;
        this.pubSub = pubSub;
    }

    /** Returns the name by which faults know the call, empty if it has none. */
    String name(ApiRequest request) {
        String subscription = PubSubEndpoint.name(request);
        if (subscription != null) {
            return subscription;
        }
        return switch (request.path()) {
            case TokenEndpoint.PATH -> "token";
            case PushTokens.CERTS_PATH -> "certs";
            default -> RestApi.name(request);
        };
    }

    /** Answers, or fails with an {@link ApiException}. */
    Reply answer(ApiRequest request) {
        if (PubSubEndpoint.name(request) != null) {
            return pubSub.answer(request);
        }
        return switch (request.path()) {
            case TokenEndpoint.PATH -> tokens.answer(request);
            case PushTokens.CERTS_PATH -> pushTokens.certs();
            default -> api.answer(request);
        };
    }
}
