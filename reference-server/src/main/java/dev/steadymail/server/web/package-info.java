/**
 * What every HTTP answer has in common: the token, errors, headers, the page.
 */
@NullMarked
package dev.steadymail.server.web;

import org.jspecify.annotations.NullMarked;
