package dev.steadymail.server;

import dev.steadymail.server.folder.StartException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
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

    /** Understands {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE?parameters}, also with {@code jdbc:} before it. */
    static DatabaseUrl parse(String text) {
        Matcher url = FORM.matcher(text.strip());
        if (!url.matches()) {
            throw StartException.usage(
                    "DATABASE_URL is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE; characters other than"
                            + " letters and digits in USER and PASSWORD are written as %XX");
        }
        String[] login = orEmpty(url.group(1)).split(":", 2);
        List<String> parameters = Arrays.stream(orEmpty(url.group(4)).split("&"))
                .filter(each -> !each.isEmpty())
                .toList();
        String user = login[0].isEmpty() ? parameter(parameters, "user") : login[0];
        String password = login.length < 2 ? parameter(parameters, "password") : login[1];
        String others = parameters.stream()
                .filter(each -> !each.startsWith("user=") && !each.startsWith("password="))
                .collect(Collectors.joining("&"));
        String jdbcUrl =
                "jdbc:postgresql://" + url.group(2) + "/" + url.group(3) + (others.isEmpty() ? "" : "?" + others);
        return new DatabaseUrl(jdbcUrl, decoded(user), decoded(password));
    }

    private static String parameter(List<String> parameters, String name) {
        return parameters.stream()
                .filter(each -> each.startsWith(name + "="))
                .map(each -> each.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }

    /** A plus is itself here, not a blank as in forms. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StartException.usage(
                    "USER or PASSWORD in DATABASE_URL has a % that is not followed by two hex digits;"
                            + " write a % itself as %25");
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Throws if the database cannot be opened now. */
    void check() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        login.setProperty("socketTimeout", Integer.toString(CONNECT_SECONDS));
        login.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        try {
            DriverManager.getConnection(jdbcUrl, login).close();
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    private static StartException refusal(SQLException failure) {
        String state = orEmpty(failure.getSQLState());
        if (state.startsWith("28") || state.equals("08004")) {
            return StartException.usage("the database refused USER or PASSWORD of DATABASE_URL (" + state + ")");
        }
        if (state.equals("3D000")) {
            return StartException.usage("the database that DATABASE_URL names does not exist; create it first");
        }
        return StartException.unreached(
                "the database that DATABASE_URL names cannot be opened (" + state + "); is it running, and is this its"
                        + " host and port?",
                failure);
    }

    @Override
    public String toString() {
        return "DatabaseUrl";
    }
}
