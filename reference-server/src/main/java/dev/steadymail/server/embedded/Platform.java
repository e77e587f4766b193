package dev.steadymail.server.embedded;

import dev.steadymail.server.folder.StartException;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the embedded services need of their machine.
 *
 * @param system as in the property os.name
 * @param architecture as in the property os.arch
 * @param root whether this process is root's
 * @param userNamespaces whether {@code unshare -U} works; PostgreSQL refuses to run as root and cannot see it there
 */
record Platform(String system, String architecture, boolean root, boolean userNamespaces) {
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "aarch64");
    private static final String OTHERWISE = " or set DATABASE_URL to a PostgreSQL that you run";

    static Platform current() {
        String system = System.getProperty("os.name");
        boolean root = system.equals("Linux") && isRoot();
        return new Platform(system, System.getProperty("os.arch"), root, root && LinuxUtils.isUnshareAvailable());
    }

    /** Throws if the services cannot run here. */
    void check() {
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture)) {
            throw StartException.usage("the embedded PostgreSQL and Redis need Linux on x86-64 or arm64, this is "
                    + system + " on " + architecture + "; use such a machine," + OTHERWISE);
        }
        if (root && !userNamespaces) {
            throw StartException.usage("PostgreSQL does not run as root, and unshare -U does not work here;"
                    + " start as an ordinary user," + OTHERWISE);
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }
}
