package dev.steadymail.testkit.gmail;

/** All paths but the batch's: tokens, and the API. Threadsafe. */
final class Endpoints {
    private final TokenEndpoint tokens;
    private final RestApi api;

    Endpoints(TokenEndpoint tokens, RestApi api) {
        this.tokens = tokens;
        this.api = api;
    }

    /** Returns the name by which faults know the call, empty if it has none. */
    String name(ApiRequest request) {
        return request.path().equals(TokenEndpoint.PATH) ? "token" : RestApi.name(request);
    }

    /** Answers, or fails with an {@link ApiException}. */
    Reply answer(ApiRequest request) {
        return request.path().equals(TokenEndpoint.PATH) ? tokens.answer(request) : api.answer(request);
    }
}
