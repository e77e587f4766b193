package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Changed;
import dev.steadymail.watch.WatchOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryLookTest {
    @Test
    void recordThatNamesMessagesOnly_isAChangeAnywhere() {
        String record = "{\"history\":[{\"id\":\"6\",\"messages\":[{\"id\":\"m1\"}]}],\"historyId\":\"7\"}";
        ManualTime time = new ManualTime();
        List<WatchEvent> events = new ArrayList<>();
        try (RawServer server = new RawServer(RawServer.ok("{\"historyId\":\"5\"}"), RawServer.ok(record));
                MailRuntime runtime = MailRuntime.builder()
                        .time(time.timeSource(1))
                        .workers(Runnable::run)
                        .build()) {
            GmailAccount account = GmailAccount.with(Tokens.fixed("token"))
                    .rootUrl(URI.create(server.rootUrl()))
                    .guarded(Unpaced.GUARD);
            var unused = runtime.open(account).watch(WatchOptions.INBOX, events::add);
            time.advanceToNextTimer();
            time.advanceToNextTimer();
        }
        assertEquals(3, events.size(), events::toString);
        assertInstanceOf(WatchEvent.Watching.class, events.get(0));
        assertEquals(new Changed(Set.of()), events.get(2));
    }
}
