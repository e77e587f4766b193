package dev.steadymail.gmail;

import dev.steadymail.testkit.conformance.MailFixture.Gap;
import java.util.List;

/** With the shim's controls. */
final class ShimState implements EmulatorState {
    private final EmulatorHttp http;

    ShimState(EmulatorHttp http) {
        this.http = http;
    }

    @Override
    public void reset() {
        var unused = http.post("_test/reset", "{}");
    }

    @Override
    public boolean expireHistory() {
        String now = http.get("gmail/v1/users/me/profile").get("historyId").getAsString();
        var unused = http.post("_test/history-floor", "{\"oldest\":\"" + now + "\"}");
        return true;
    }

    @Override
    public List<Gap> gaps() {
        return List.of();
    }
}
