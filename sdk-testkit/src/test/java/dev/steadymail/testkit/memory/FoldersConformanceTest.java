package dev.steadymail.testkit.memory;

import dev.steadymail.testkit.conformance.MailFixture;
import dev.steadymail.testkit.conformance.MailProviderConformance;

class FoldersConformanceTest extends MailProviderConformance {
    @Override
    protected MailFixture newFixture() {
        return new InMemoryFixture(InMemoryOptions.FOLDERS);
    }
}
