package dev.steadymail.imap.sasl;

import dev.steadymail.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. The password does not travel, and the server must prove that it knows
 * it, too. Its iteration count must be 4,096 to 600,000. Text beyond ASCII goes through SASLprep, except for its rule about direction.
 */
public final class ScramSha256 implements SaslMechanism {
    /** RFC 5802 section 7: no channel binding, no other identity to act as; {@code biws} is its base64. */
    private static final String GS2_HEADER = "n,,";

    private static final int LONGEST_CHALLENGE = 8192;
    private static final int NONCE_OCTETS = 18;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ERROR = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final Set<String> CREDENTIAL_ERRORS =
            Set.of("invalid-proof", "unknown-user", "invalid-username-encoding", "invalid-encoding");

    private enum State {
        UNSENT,
        FIRST_SENT,
        PROOF_SENT,
        VERIFIED,
        FAILED
    }

    private final String nonce;
    private final String firstBare;
    private byte[] password;
    private byte[] expectedSignature = {};
    private State state = State.UNSENT;
    private @Nullable String serverError;

    /**
     * Makes an exchange.
     *
     * @throws SaslRefusedException where SASLprep allows the user name or the password not
     */
    public ScramSha256(String user, Secret password) throws SaslRefusedException {
        this(user, password, freshNonce());
    }

    ScramSha256(String user, Secret password, String nonce) throws SaslRefusedException {
        String name = SaslText.saslname(SaslText.prepared("user name", user));
        this.nonce = nonce;
        this.firstBare = "n=" + asOctets(name) + ",r=" + nonce;
        this.password = SaslText.prepared("password", password.reveal()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "SCRAM-SHA-256";
    }

    @Override
    public byte[] initialResponse() {
        if (state != State.UNSENT) {
            throw new IllegalStateException("the initial response was taken before");
        }
        state = State.FIRST_SENT;
        return octets(GS2_HEADER + firstBare);
    }

    @Override
    public byte[] respond(byte[] challenge) throws SaslRefusedException {
        State before = state;
        state = State.FAILED;
        if (challenge.length > LONGEST_CHALLENGE) {
            throw SaslRefusedException.server("a SCRAM challenge must have at most " + LONGEST_CHALLENGE + " octets");
        }
        String message = new String(challenge, StandardCharsets.ISO_8859_1);
        if (before == State.UNSENT && message.isEmpty()) {
            state = before;
            return initialResponse();
        }
        return switch (before) {
            case FIRST_SENT -> proof(message);
            case PROOF_SENT -> verified(message);
            default -> throw SaslRefusedException.server("the server sent a challenge that SCRAM does not know");
        };
    }

    private byte[] proof(String message) throws SaslRefusedException {
        requireNoError(message);
        ScramServerFirst first = ScramServerFirst.read(message, nonce);
        String finalBare = "c=biws,r=" + first.nonce;
        ScramKeys keys = ScramKeys.of(password, first, octets(firstBare + "," + message + "," + finalBare));
        password = new byte[0];
        expectedSignature = keys.serverSignature;
        state = State.PROOF_SENT;
        return octets(finalBare + ",p=" + Base64.getEncoder().encodeToString(keys.clientProof));
    }

    private byte[] verified(String message) throws SaslRefusedException {
        requireNoError(message);
        String signature = ScramServerFirst.field(message.split(",", 2)[0], "v=");
        if (!MessageDigest.isEqual(expectedSignature, ScramServerFirst.base64(signature))) {
            throw SaslRefusedException.server("the server does not know the password; it may be somebody else's");
        }
        state = State.VERIFIED;
        return new byte[0];
    }

    private void requireNoError(String message) throws SaslRefusedException {
        if (!message.startsWith("e=")) {
            return;
        }
        String error = message.substring(2).split(",", 2)[0];
        serverError = ERROR.matcher(error).matches() ? error : null;
        if (CREDENTIAL_ERRORS.contains(error)) {
            throw SaslRefusedException.credentials("the server refuses user name or password");
        }
        throw SaslRefusedException.server("the server ended the SCRAM exchange");
    }

    @Override
    public void finish() throws SaslRefusedException {
        if (state != State.VERIFIED) {
            throw SaslRefusedException.server("the server said OK without proving that it knows the password");
        }
    }

    @Override
    public Optional<String> serverError() {
        return Optional.ofNullable(serverError);
    }

    @Override
    public String toString() {
        return name();
    }

    private static String freshNonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        RANDOM.nextBytes(octets);
        return Base64.getEncoder().encodeToString(octets);
    }

    /** Messages are kept with a character per octet, so that what is signed is what was sent. */
    private static String asOctets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
