package dev.steadymail;

import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent.News;
import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a watch tells.
 *
 * @param telemetry told first
 * @param listener told afterwards
 */
record TellingWatch(Telemetry telemetry, WatchListener listener) implements WatchListener {
    @Override
    public void event(WatchEvent event) {
        if (event instanceof WatchEvent.Lost lost) {
            tell(News.LOST, lost.retryIn(), lost.cause().kind());
        } else if (event instanceof WatchEvent.Watching watching) {
            tell(begun(watching.mode()), null, null);
        } else {
            tell(News.CHANGED, null, null);
        }
        listener.event(event);
    }

    private void tell(News news, @Nullable Duration retryIn, @Nullable Kind failure) {
        telemetry.tell(
                new WatchingEvent(telemetry.now(), telemetry.account(), telemetry.protocol(), news, retryIn, failure));
    }

    private static News begun(WatchEvent.Mode mode) {
        return switch (mode) {
            case NOTIFY -> News.WATCHING_ALL;
            case IDLE -> News.WATCHING_ONE;
            case POLL -> News.POLLING;
        };
    }
}
