package dev.steadymail.gmail;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;

/** The provider against the Gmail inside this process. */
class GmailConformanceTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return new FakeGmailFixture();
    }
}
