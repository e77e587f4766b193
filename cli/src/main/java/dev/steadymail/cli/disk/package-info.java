/**
 * Files that only their owner can read, and folders that one run uses at a time. Start at {@link dev.steadymail.cli.disk.FolderLock}.
 */
@NullMarked
package dev.steadymail.cli.disk;

import org.jspecify.annotations.NullMarked;
