package dev.steadymail.server.settings;

import java.util.Locale;

/** Whether a host of a URL is this machine, so that nobody between can listen. */
final class Loopback {
    private Loopback() {}

    /** Takes the text alone: a name that leads here today may lead elsewhere tomorrow. */
    static boolean is(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("[::1]")
                || name.equals("::1");
    }
}
