package dev.steadymail.testkit.smtp;

import java.util.Base64;

/** The client's side of SCRAM-SHA-256, as far as a test needs it. */
final class ScramClient {
    static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

    private final String user;
    private final String password;
    private String serverSignature = "";

    ScramClient(String user, String password) {
        this.user = user;
        this.password = password;
    }

    String first() {
        return "n,,n=" + user + ",r=" + NONCE;
    }

    /** Returns the last message of the client. */
    String proof(String serverFirst) {
        String[] parts = serverFirst.split(",", -1);
        String bare = "c=biws," + parts[0];
        String exchange = first().substring(3) + "," + serverFirst + "," + bare;
        ScramSecret secret = ScramSecret.of(Base64.getDecoder().decode(parts[1].substring(2)), password);
        serverSignature = "v=" + Base64.getEncoder().encodeToString(secret.serverSignature(exchange));
        return bare + ",p=" + Base64.getEncoder().encodeToString(secret.clientProof(exchange));
    }

    String serverSignature() {
        return serverSignature;
    }
}
