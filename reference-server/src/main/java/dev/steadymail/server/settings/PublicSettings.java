package dev.steadymail.server.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.util.NetMask;
import org.jspecify.annotations.Nullable;

/** How others reach the server: its public URL, and the proxies whose word is believed. */
final class PublicSettings {
    private static final String URL = "PUBLIC_URL";
    private static final String PROXIES = "TRUSTED_PROXIES";
    private static final String V4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";
    private static final String V6 = "[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(\\.[0-9]{1,3}){0,3}";

    private final Variables variables;
    private final Faults faults;
    private final Map<String, Object> properties;

    PublicSettings(Variables variables, Map<String, Object> properties) {
        this.variables = variables;
        this.faults = variables.faults();
        this.properties = properties;
    }

    void readUrl() {
        Optional<String> text = variables.text(URL);
        if (text.isEmpty()) {
            return;
        }
        URI url = url(text.get());
        if (url == null) {
            faults.add(URL + " must be https://HOST or https://HOST:PORT and nothing more, or http:// on this machine;"
                    + " correct it, or unset it where nobody comes from elsewhere");
        } else if (!url.getScheme().equals("https") && !Loopback.is(url.getHost())) {
            faults.add(URL
                    + " must begin with https://, since tokens and mail go through it; let a proxy with TLS serve it");
        } else {
            properties.put("steadymail.public-url", text.get().replaceFirst("/$", ""));
        }
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            boolean isOrigin = url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && Set.of("", "/").contains(url.getRawPath());
            return isOrigin && Set.of("http", "https").contains(url.getScheme()) ? url : null;
        } catch (URISyntaxException notAUrl) {
            return null;
        }
    }

    /** Returns the networks, as Tomcat reads them. */
    Set<String> readProxies() {
        Set<String> networks = new LinkedHashSet<>();
        variables
                .text(PROXIES)
                .ifPresent(text -> Stream.of(text.split(",", -1))
                        .map(String::strip)
                        .forEach(each -> {
                            Optional<String> network = network(each);
                            network.ifPresent(networks::add);
                            if (network.isEmpty()) {
                                faults.add(PROXIES
                                        + " must list networks as 10.0.0.0/8 or fd00::/8, separated by commas, and not"
                                        + " all addresses there are; correct it, or unset it to believe no proxy");
                            }
                        }));
        if (!networks.isEmpty()) {
            properties.put("server.forward-headers-strategy", "native");
            properties.put("server.tomcat.remoteip.remote-ip-header", "X-Forwarded-For");
            properties.put("server.tomcat.remoteip.protocol-header", "X-Forwarded-Proto");
            properties.put("server.tomcat.remoteip.internal-proxies", String.join(",", networks));
        }
        return networks;
    }

    private static Optional<String> network(String text) {
        String[] parts = text.split("/", -1);
        boolean isV4 = parts[0].matches(V4);
        if (parts.length > 2 || !(isV4 || parts[0].matches(V6))) {
            return Optional.empty(); // also names, which would be looked up
        }
        String bits = parts.length == 2 ? parts[1] : isV4 ? "32" : "128";
        if (!bits.matches("[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        try {
            String network = parts[0] + "/" + bits;
            return Optional.of(new NetMask(network)).map(read -> network);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
