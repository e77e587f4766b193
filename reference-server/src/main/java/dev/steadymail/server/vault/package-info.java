/**
 * Secrets of organisations at rest: each organisation has data keys of its own, which are stored encrypted under the keys of
 * ENCRYPTION_KEY. Start at {@link dev.steadymail.server.vault.Vault}; {@link dev.steadymail.server.vault.Rotation} brings new keys.
 */
@NullMarked
package dev.steadymail.server.vault;

import org.jspecify.annotations.NullMarked;
