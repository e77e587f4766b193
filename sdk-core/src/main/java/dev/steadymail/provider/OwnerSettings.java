package dev.steadymail.provider;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Identity;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.VacationResponse;
import java.util.List;

/** What the owner of an account set at the provider. Each part has a capability, and fails with kind UNSUPPORTED without it. */
public interface OwnerSettings {
    /** Returns whom the account may send as (RFC 8621 section 6), the usual one first. Capability IDENTITIES. */
    default List<Identity> identities(Call call) {
        throw Capability.IDENTITIES.missing();
    }

    /** Returns the answer given while the owner is away (RFC 8621 section 8). Capability VACATION. */
    default VacationResponse vacation(Call call) {
        throw Capability.VACATION.missing();
    }

    /**
     * Sets the answer given while the owner is away; what it does not cover stays as it is at the provider. Capability VACATION.
     *
     * @throws MailException INVALID where the provider does not take it
     */
    default void setVacation(VacationResponse vacation, Call call) {
        throw Capability.VACATION.missing();
    }
}
