package dev.steadymail.server.settings;

import dev.steadymail.server.vault.EncryptionKeys;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The secrets of a server whose operator keeps them. */
final class SecretSettings {
    private static final String JWT = "JWT_SECRET";
    private static final String JWT_REFRESH = "JWT_REFRESH_SECRET";
    private static final String ENCRYPTION = "ENCRYPTION_KEY";
    private static final String HEALTH = "HEALTH_API_KEY";
    private static final int HEALTH_CHARS = 16;
    private static final int HEALTH_KEYS = 2;

    private final Variables variables;
    private final Faults faults;
    private final Map<String, Object> properties;

    SecretSettings(Variables variables, Map<String, Object> properties) {
        this.variables = variables;
        this.faults = variables.faults();
        this.properties = properties;
    }

    /** Reads JWT_SECRET, JWT_REFRESH_SECRET and ENCRYPTION_KEY. */
    void read() {
        Optional<byte[]> access = signing(JWT, "steadymail.jwt.secret");
        Optional<byte[]> refresh = signing(JWT_REFRESH, "steadymail.jwt.refresh-secret");
        if (access.isPresent() && refresh.isPresent() && Arrays.equals(access.get(), refresh.get())) {
            faults.add(JWT_REFRESH + " is the same as " + JWT + ", so that a token of one kind would pass for the other"
                    + WeakSecret.REMEDY);
        }
        encryption();
    }

    /** Reads HEALTH_API_KEY: one key, or two while one replaces the other. */
    List<String> healthKeys() {
        List<String> keys = variables
                .text(HEALTH)
                .map(text -> Stream.of(text.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
        if (keys.size() > HEALTH_KEYS) {
            faults.add(HEALTH + " has more than two keys; name the new one and the one it replaces");
        }
        keys.forEach(this::healthKey);
        return keys;
    }

    private void healthKey(String key) {
        if (key.length() < HEALTH_CHARS || !key.matches("[!-~]+")) {
            faults.add(HEALTH + " must be at least 16 characters of ASCII without blanks, two keys separated by a comma"
                    + WeakSecret.REMEDY);
            return;
        }
        WeakSecret.of(key).ifPresent(weakness -> faults.add(HEALTH + " " + weakness + WeakSecret.REMEDY));
    }

    private Optional<byte[]> signing(String name, String property) {
        Optional<String> text = variables.text(name);
        if (text.isEmpty()) {
            faults.add(name + " is missing, under which tokens are signed" + WeakSecret.REMEDY);
            return Optional.empty();
        }
        byte[] bytes = WeakSecret.bytes(text.get());
        if (bytes.length < WeakSecret.KEY_BYTES) {
            faults.add(name + " must be at least 32 bytes, as text or in Base64" + WeakSecret.REMEDY);
            return Optional.empty();
        }
        WeakSecret.of(text.get()).ifPresent(weakness -> faults.add(name + " " + weakness + WeakSecret.REMEDY));
        properties.put(property, Base64.getEncoder().encodeToString(bytes));
        return Optional.of(bytes);
    }

    private void encryption() {
        Optional<String> keys = variables.text(ENCRYPTION);
        if (keys.isEmpty()) {
            faults.add(ENCRYPTION + " is missing, under which the credentials of accounts are stored;"
                    + " make one with: steadymail secrets, or openssl rand -base64 32");
            return;
        }
        try {
            EncryptionKeys.check(keys.get());
            properties.put("steadymail.accounts.encryption-key", keys.get());
        } catch (IllegalArgumentException wrong) {
            faults.add(String.valueOf(wrong.getMessage()));
        }
    }
}
