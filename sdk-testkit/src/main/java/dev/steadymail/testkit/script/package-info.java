/**
 * A server that follows a written dialogue, for tests of a mail client against servers that send odd, hostile or broken answers. Start
 * reading at {@link dev.steadymail.testkit.script.ScriptedImapServer}, which also explains how scripts are written; a {@code Conversation}
 * plays the steps of one on one connection. Nothing here needs JUnit or any other library.
 */
@NullMarked
package dev.steadymail.testkit.script;

import org.jspecify.annotations.NullMarked;
