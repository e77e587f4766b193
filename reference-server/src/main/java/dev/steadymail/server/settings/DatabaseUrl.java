package dev.steadymail.server.settings;

import dev.steadymail.server.folder.StartException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database and the login to it.
 *
 * @param jdbcUrl holds no secret
 */
record DatabaseUrl(String jdbcUrl, String user, String password) {
    private static final Pattern FORM = Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?:([^@/?]*)@)?"
            + "((?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?)/([A-Za-z0-9_.%-]+)(?:\\?([^#\\s]*))?");
    private static final int CONNECT_SECONDS = 10;
    /** With these the driver goes elsewhere than the URL says, and past what was judged of it. */
    private static final Set<String> ELSEWHERE = Set.of(
            "host", "port", "dbname", "pghost", "pgport", "pgdbname", "service", "socketfactory", "socketfactoryarg");

    private static final Set<String> TLS = Set.of("require", "verify-ca", "verify-full");
    private static final String ROLE = "select rolsuper, rolbypassrls from pg_roles where rolname = current_user";

    /**
     * Understands {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE?parameters}, also with {@code jdbc:} before it.
     *
     * @param name the variable that holds it
     */
    static DatabaseUrl parse(String name, String text) {
        Matcher url = FORM.matcher(text.strip());
        if (!url.matches()) {
            throw StartException.usage(
                    name + " is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE; characters other than"
                            + " letters and digits in USER and PASSWORD are written as %XX");
        }
        String[] login = orEmpty(url.group(1)).split(":", 2);
        List<String> parameters = Arrays.stream(orEmpty(url.group(4)).split("&"))
                .filter(each -> !each.isEmpty())
                .toList();
        if (parameters.stream()
                .anyMatch(
                        each -> ELSEWHERE.contains(each.replaceFirst("=.*", "").toLowerCase(Locale.ROOT)))) {
            throw StartException.usage(
                    name + " names the host, the port or the database in its parameters, too; leave those"
                            + " away, the part before the question mark has them");
        }
        String user = login[0].isEmpty() ? parameter(parameters, "user") : login[0];
        String password = login.length < 2 ? parameter(parameters, "password") : login[1];
        String others = parameters.stream()
                .filter(each -> !each.startsWith("user=") && !each.startsWith("password="))
                .collect(Collectors.joining("&"));
        String jdbcUrl =
                "jdbc:postgresql://" + url.group(2) + "/" + url.group(3) + (others.isEmpty() ? "" : "?" + others);
        return new DatabaseUrl(jdbcUrl, decoded(name, user), decoded(name, password));
    }

    private static String parameter(List<String> parameters, String name) {
        return parameters.stream()
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** A plus is itself here, not a blank as in forms. */
    private static String decoded(String name, String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StartException.usage("USER or PASSWORD in " + name
                    + " has a % that is not followed by two hex digits; write a % itself as %25");
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Returns whether nobody between can read along: the database is on this machine, or the driver insists on TLS. */
    boolean isPrivate() {
        String[] parts = jdbcUrl.replaceFirst("^jdbc:postgresql://", "").split("/", 2);
        if (Loopback.is(parts[0].replaceFirst(":[0-9]+$", ""))) {
            return true;
        }
        List<String> modes = Arrays.stream(
                        parts[1].replaceFirst("^[^?]*\\??", "").split("&"))
                .filter(each -> each.startsWith("sslmode="))
                .map(each -> each.substring("sslmode=".length()).toLowerCase(Locale.ROOT))
                .toList();
        return !modes.isEmpty() && TLS.containsAll(modes);
    }

    /**
     * Opens the database once; throws if that cannot be done now.
     *
     * @param name the variable that names it
     */
    Rights check(String name) {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        login.setProperty("socketTimeout", Integer.toString(CONNECT_SECONDS));
        login.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        try (Connection database = DriverManager.getConnection(jdbcUrl, login);
                Statement statement = database.createStatement();
                ResultSet role = statement.executeQuery(ROLE)) {
            return role.next() ? new Rights(role.getBoolean(1), role.getBoolean(2)) : new Rights(false, false);
        } catch (SQLException e) {
            throw refusal(name, e);
        }
    }

    /** As {@link #check}, with the wall, but that the database may be away. */
    void checkIfThere(String name) {
        try {
            check(name).requireWall(name);
        } catch (StartException refusal) {
            if (refusal.exitCode() != StartException.UNREACHED) {
                throw refusal;
            }
        }
    }

    private static StartException refusal(String name, SQLException failure) {
        String state = orEmpty(failure.getSQLState());
        if (state.startsWith("28") || state.equals("08004")) {
            return StartException.usage("the database refused USER or PASSWORD of " + name + " (" + state + ")");
        }
        if (state.equals("3D000")) {
            return StartException.usage("the database that " + name + " names does not exist; create it first");
        }
        return StartException.unreached(
                "the database that " + name + " names cannot be opened (" + state
                        + "); is it running, and is this its host and port?",
                failure);
    }

    /** What the role may do beyond its grants; either means that it sees the rows of all organisations. */
    record Rights(boolean isSuperuser, boolean bypassesRowSecurity) {
        /** Throws where row-level security does not hold the role. */
        void requireWall(String name) {
            if (isSuperuser || bypassesRowSecurity) {
                throw StartException.usage("the role that " + name + " logs in as "
                        + (isSuperuser ? "is a superuser" : "has BYPASSRLS")
                        + ", for which the database does not keep organisations apart; name another role there, made with:"
                        + " CREATE ROLE steadymail LOGIN PASSWORD '...' NOSUPERUSER NOBYPASSRLS;"
                        + " GRANT USAGE, CREATE ON SCHEMA public TO steadymail; or take the right from this one with:"
                        + " ALTER ROLE ... NOSUPERUSER NOBYPASSRLS");
            }
        }
    }

    @Override
    public String toString() {
        return "DatabaseUrl";
    }
}
