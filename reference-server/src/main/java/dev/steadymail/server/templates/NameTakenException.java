package dev.steadymail.server.templates;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** Another template has the name. */
final class NameTakenException extends ApiException {
    private static final long serialVersionUID = 1L;

    NameTakenException() {
        super(HttpStatus.CONFLICT, "The name is taken", "another template has this name; choose another one");
    }
}
