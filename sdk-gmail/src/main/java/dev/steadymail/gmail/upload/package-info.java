/**
 * Messages on their way to Google: bodies of requests that are read while they are sent, and the ranges of resumable uploads. Start at
 * {@link dev.steadymail.gmail.upload.MediaRequest}.
 */
@NullMarked
package dev.steadymail.gmail.upload;

import org.jspecify.annotations.NullMarked;
