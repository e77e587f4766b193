package dev.steadymail.gmail.push;

import java.util.regex.Pattern;

/**
 * Has Google tell of an account's changes through a Pub/Sub topic. Immutable.
 *
 * @param topic {@code projects/PROJECT/topics/TOPIC}, to which {@code gmail-api-push@system.gserviceaccount.com} may publish
 * @param notifications brings what is published there
 */
public record GmailPush(String topic, GmailNotifications notifications) {
    private static final Pattern TOPIC = Pattern.compile("projects/[^/\\s]{1,100}/topics/[^/\\s]{1,255}");

    public GmailPush {
        if (!TOPIC.matcher(topic).matches()) {
            throw new IllegalArgumentException("topic must be projects/PROJECT/topics/TOPIC");
        }
    }
}
