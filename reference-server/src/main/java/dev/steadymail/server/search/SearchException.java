package dev.steadymail.server.search;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A search that cannot be answered as it was asked. */
final class SearchException extends ApiException {
    private static final long serialVersionUID = 1L;

    private SearchException(HttpStatus status, String title, String message) {
        super(status, title, message);
    }

    /** A parameter cannot be read. */
    static SearchException wrong(String message) {
        return new SearchException(HttpStatus.BAD_REQUEST, "The search is wrong", message);
    }

    /** The provider has no words for this. */
    static SearchException unsupported(String message) {
        return new SearchException(HttpStatus.UNPROCESSABLE_CONTENT, "The provider cannot search for this", message);
    }

    /** The database took too long. */
    static SearchException tooSlow() {
        return new SearchException(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The search took too long",
                "the search was ended after 5 seconds; try again, ask for a longer or rarer word, or name an account,"
                        + " a mailbox or a time with account=, mailbox= or after=");
    }
}
