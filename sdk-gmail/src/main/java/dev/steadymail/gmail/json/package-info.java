/**
 * Reads Gmail's frequent answers as they come from the wire, without a model in between: start at
 * {@link dev.steadymail.gmail.json.JsonObjects}. Nothing here is for users of the SDK.
 */
@NullMarked
package dev.steadymail.gmail.json;

import org.jspecify.annotations.NullMarked;
