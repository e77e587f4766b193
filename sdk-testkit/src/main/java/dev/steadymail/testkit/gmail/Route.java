package dev.steadymail.testkit.gmail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One method of the API: its name as quota tables have it, its HTTP method, its path below the user, and the code that
 * answers.
 */
record Route(String name, String method, Pattern path, Action action) {

    /** Answers a call; runs under the server's lock. */
    interface Action {
        Reply answer(Call call);
    }

    /** Returns a route for a path such as {@code messages/{id}/modify}. */
    static Route of(String name, String method, String template, Action action) {
        return new Route(name, method, Pattern.compile(template.replaceAll("\\{\\w+}", "([^/]+)")), action);
    }

    /** Returns the ids in the path, or null if this is another route. */
    @Nullable
    List<String> match(String httpMethod, String pathBelowUser) {
        Matcher matcher = path.matcher(pathBelowUser);
        if (!method.equals(httpMethod) || !matcher.matches()) {
            return null;
        }
        List<String> ids = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            ids.add(matcher.group(i));
        }
        return ids;
    }
}
