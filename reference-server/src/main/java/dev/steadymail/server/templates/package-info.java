/**
 * Texts that people keep to write emails with: templates with placeholders, and signatures.
 */
@NullMarked
package dev.steadymail.server.templates;

import org.jspecify.annotations.NullMarked;
