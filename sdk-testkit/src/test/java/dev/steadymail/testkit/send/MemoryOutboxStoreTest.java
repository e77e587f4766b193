package dev.steadymail.testkit.send;

import dev.steadymail.send.MemoryOutboxStore;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.testkit.conformance.OutboxStoreConformance;
import dev.steadymail.testkit.conformance.OutboxStoreFixture;

class MemoryOutboxStoreTest extends OutboxStoreConformance {
    @Override
    protected OutboxStoreFixture newFixture() {
        return new OutboxStoreFixture() {
            @Override
            public OutboxStore open() {
                return new MemoryOutboxStore();
            }

            @Override
            public boolean isDurable() {
                return false;
            }

            @Override
            public void close() {}
        };
    }
}
