package dev.steadymail.cache;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;
import dev.steadymail.testkit.memory.InMemoryOptions;

class CachedLabelsConformanceTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return new CachedFixture(InMemoryOptions.LABELS);
    }
}
