package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/**
 * No mail server was reached where an account is said to be. The words are the same whether the host does not exist, may not be connected
 * to, refuses, keeps silent, or speaks something else: who asks must not learn from them what stands in this server's network.
 */
public final class UnreachableHostException extends ApiException {
    private static final long serialVersionUID = 1L;

    static final String TITLE = "No mail server was reached";
    static final String KIND = "UNREACHABLE";
    static final String REMEDY =
            "check host, port and protection; the operator finds more in the log, and can allow a network with "
                    + NetworkPolicy.SETTING;

    UnreachableHostException() {
        super(
                HttpStatus.UNPROCESSABLE_CONTENT,
                TITLE,
                "a host of this account does not exist, does not answer as a mail server at its port, or is not in a network"
                        + " that this server may connect to; " + REMEDY);
    }
}
