@NullMarked
package dev.steadymail.testkit.smtp;

import org.jspecify.annotations.NullMarked;
