/**
 * An OAuth 2.0 authorization server inside this process, for tests of logins. Start at
 * {@link dev.steadymail.testkit.oauth.OAuthTestServer}.
 */
@NullMarked
package dev.steadymail.testkit.oauth;

import org.jspecify.annotations.NullMarked;
