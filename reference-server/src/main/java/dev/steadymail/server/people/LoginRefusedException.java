package dev.steadymail.server.people;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** Somebody is not let in. The words are the same whatever was wrong, so that nobody learns who is known here. */
final class LoginRefusedException extends ApiException {
    private static final long serialVersionUID = 1L;

    private LoginRefusedException(HttpStatus status, String title, String message) {
        super(status, title, message);
    }

    /** The address, the password, or both are wrong. */
    static LoginRefusedException wrong() {
        return new LoginRefusedException(
                HttpStatus.UNAUTHORIZED,
                "The login was refused",
                "no person with this address and password may log in here; after several failures the address is locked for a"
                        + " while, whether it is known or not");
    }

    /** A refresh token is unknown, used up, too old, or its session ended. */
    static LoginRefusedException sessionOver() {
        return new LoginRefusedException(
                HttpStatus.UNAUTHORIZED, "The session is over", "this refresh token is good no more; log in again");
    }

    /** The policy of the organisation does not allow to log in like this or from there. */
    static LoginRefusedException byPolicy(String message) {
        return new LoginRefusedException(HttpStatus.FORBIDDEN, "The organisation's policy forbids it", message);
    }

    /** There is something of this name, or no more. */
    static LoginRefusedException taken() {
        return new LoginRefusedException(
                HttpStatus.CONFLICT,
                "The address is taken",
                "a person with this address is registered already; log in, or ask for an invitation to another organisation");
    }
}
