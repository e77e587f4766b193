package dev.steadymail.testkit.gmail;

/** An answer other than success, in the terms of Google's error body. */
final class ApiException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    static ApiException invalid(String message) {
        return new ApiException(400, "invalidArgument", message);
    }

    static ApiException notFound() {
        return new ApiException(404, "notFound", "Requested entity was not found.");
    }

    static ApiException tooLarge(long limit) {
        return new ApiException(413, "uploadTooLarge", "Request Entity Too Large: the limit is " + limit + " bytes");
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    Reply reply(GmailErrorShape shape) {
        return ErrorBody.reply(code, reason, String.valueOf(getMessage()), shape);
    }
}
