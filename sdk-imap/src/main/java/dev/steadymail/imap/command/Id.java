package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ID (RFC 2971): who is who. The result is the server's fields by lower-case name, empty where it tells nothing. */
public final class Id implements Exchange<Map<String, String>> {
    private final @Nullable String name;
    private final String version;
    private Map<String, String> fields = Map.of();

    private Id(@Nullable String name, String version) {
        this.name = name;
        this.version = version;
    }

    /** Tells the client's name and version. */
    public static Id of(String name, String version) {
        return new Id(name, version);
    }

    /** Tells nothing. */
    public static Id anonymous() {
        return new Id(null, "");
    }

    @Override
    public Command command() {
        Command command = Command.named("ID");
        if (name == null) {
            return command.words("NIL");
        }
        return command.words("(")
                .text("name")
                .text(name)
                .text("version")
                .text(version)
                .words(")");
    }

    @Override
    public void observe(Reply reply) {
        if (reply.response() instanceof Response.Identity identity) {
            fields = identity.fields();
        }
    }

    @Override
    public Map<String, String> result(StatusText completed) {
        return fields;
    }
}
