/**
 * People, how they prove who they are, and the tokens they get for it.
 */
@NullMarked
package dev.steadymail.server.people;

import org.jspecify.annotations.NullMarked;
