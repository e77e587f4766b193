package dev.steadymail.testkit.memory;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;

class UnthreadedLabelsConformanceTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return new InMemoryFixture(new InMemoryOptions(true, false));
    }
}
