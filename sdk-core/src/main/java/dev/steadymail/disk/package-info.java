/** Files that survive crashes and that nobody else reads, for stores on disk. */
@NullMarked
package dev.steadymail.disk;

import org.jspecify.annotations.NullMarked;
