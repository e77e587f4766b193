package dev.steadymail.observability.canary;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** All that the SDK logs, at every level, with what stands around it. The servers of the tests log what they like. */
final class LoggedText extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger sdk = (Logger) LoggerFactory.getLogger("dev.steadymail");
    private final Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    LoggedText() {
        setContext((LoggerContext) LoggerFactory.getILoggerFactory());
        all.setLevel(Level.WARN);
        all.detachAndStopAllAppenders();
        sdk.setLevel(Level.TRACE);
        sdk.addAppender(this);
        start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLoggerName().startsWith("dev.steadymail.testkit")) {
            return;
        }
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap() + " "
                + event.getKeyValuePairs() + " " + thrown);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        sdk.detachAppender(this);
        stop();
    }
}
