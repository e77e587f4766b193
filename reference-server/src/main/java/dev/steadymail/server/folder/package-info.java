/**
 * The data folder: private to its owner, used by one server at a time, with the secrets that the server makes itself.
 */
@NullMarked
package dev.steadymail.server.folder;

import org.jspecify.annotations.NullMarked;
