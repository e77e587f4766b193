package dev.steadymail.testkit.oauth;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was handed out and to whom. Threadsafe. */
final class GrantTable {
    private static final String DEVICE = "urn:ietf:params:oauth:grant-type:device_code";

    private final String clientId;
    private final String clientSecret;
    private final List<String> accessTokens;
    // All guarded by this.
    private final Map<String, Map<String, String>> codes = new HashMap<>();
    private final Set<String> refreshTokens = new HashSet<>();
    private final Map<String, String> scopesOfDevices = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private boolean refusesConsent;
    private boolean deviceAgreed;
    private boolean rotates;
    private int issued;
    private int granted;

    GrantTable(String clientId, String clientSecret, List<String> accessTokens) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.accessTokens = accessTokens;
    }

    synchronized void refuseConsent() {
        refusesConsent = true;
    }

    synchronized void agreeToDevice() {
        deviceAgreed = true;
    }

    synchronized void rotate() {
        rotates = true;
    }

    synchronized void revokeAll() {
        refreshTokens.clear();
    }

    synchronized List<String> log() {
        return List.copyOf(log);
    }

    /** Returns where to send the browser, empty where the request is too wrong to send it anywhere. */
    synchronized String authorize(Map<String, String> request) {
        String redirect = request.getOrDefault("redirect_uri", "");
        boolean usable = redirect.matches("http://(127\\.0\\.0\\.1|localhost):\\d+/callback")
                && clientId.equals(request.get("client_id"))
                && "code".equals(request.get("response_type"))
                && "S256".equals(request.get("code_challenge_method"))
                && request.getOrDefault("code_challenge", "").length() == 43;
        if (!usable) {
            return "";
        }
        String state = "state=" + Form.encode(request.getOrDefault("state", ""));
        if (refusesConsent) {
            return redirect + "?error=access_denied&" + state;
        }
        String code = "code/" + ++issued + "+x";
        codes.put(code, Map.copyOf(request));
        return redirect + "?" + state + "&code=" + Form.encode(code);
    }

    synchronized JsonObject device(Map<String, String> form) {
        String scope = form.getOrDefault("scope", "");
        if (!clientId.equals(form.get("client_id")) || scope.isEmpty()) {
            return failure("invalid_client");
        }
        String code = "device-" + ++issued;
        scopesOfDevices.put(code, scope);
        JsonObject json = new JsonObject();
        json.addProperty("device_code", code);
        json.addProperty("user_code", "WDJB-MJHT");
        json.addProperty("verification_uri", "https://example.com/device");
        json.addProperty("expires_in", 1_800);
        json.addProperty("interval", 1);
        return json;
    }

    synchronized JsonObject token(Map<String, String> form) {
        String type = form.getOrDefault("grant_type", "");
        log.add(type);
        if (!clientId.equals(form.get("client_id")) || !clientSecret.equals(form.getOrDefault("client_secret", ""))) {
            return failure("invalid_client");
        }
        return switch (type) {
            case "authorization_code" -> redeem(form);
            case "refresh_token" -> refresh(form.getOrDefault("refresh_token", ""));
            case DEVICE -> poll(form.getOrDefault("device_code", ""));
            default -> failure("unsupported_grant_type");
        };
    }

    private JsonObject redeem(Map<String, String> form) {
        Map<String, String> request = codes.remove(form.getOrDefault("code", ""));
        if (request == null) {
            return failure("invalid_grant");
        }
        boolean proven = request.getOrDefault("redirect_uri", "").equals(form.get("redirect_uri"))
                && request.getOrDefault("code_challenge", "").equals(challenge(form.getOrDefault("code_verifier", "")));
        return proven ? login(request.getOrDefault("scope", "")) : failure("invalid_grant");
    }

    private JsonObject refresh(String token) {
        if (!refreshTokens.contains(token)) {
            return failure("invalid_grant");
        }
        if (!rotates) {
            return access();
        }
        refreshTokens.remove(token);
        return withRefreshToken(access());
    }

    private JsonObject poll(String deviceCode) {
        String scope = scopesOfDevices.get(deviceCode);
        if (scope == null) {
            return failure("expired_token");
        }
        if (refusesConsent) {
            return failure("access_denied");
        }
        if (!deviceAgreed) {
            return failure("authorization_pending");
        }
        scopesOfDevices.remove(deviceCode);
        return login(scope);
    }

    private JsonObject login(String scope) {
        JsonObject json = withRefreshToken(access());
        json.addProperty("scope", scope);
        return json;
    }

    private JsonObject access() {
        JsonObject json = new JsonObject();
        json.addProperty("access_token", accessTokens.get(Math.min(granted++, accessTokens.size() - 1)));
        json.addProperty("token_type", "Bearer");
        json.addProperty("expires_in", 3_600);
        return json;
    }

    private JsonObject withRefreshToken(JsonObject json) {
        String token = "refresh/" + ++issued;
        refreshTokens.add(token);
        json.addProperty("refresh_token", token);
        return json;
    }

    private static JsonObject failure(String error) {
        JsonObject json = new JsonObject();
        json.addProperty("error", error);
        json.addProperty("error_description", "told to people, with ada@example.com in it");
        return json;
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
