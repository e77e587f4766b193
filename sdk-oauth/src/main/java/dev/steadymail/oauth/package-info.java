/**
 * OAuth 2.0 for mail: logging in by browser or device code, refreshing, and service accounts, at Google, Microsoft and servers that
 * speak like them. Start at {@link dev.steadymail.oauth.OAuthClient}; servers are in {@link dev.steadymail.oauth.OAuthServer}.
 */
@NullMarked
package dev.steadymail.oauth;

import org.jspecify.annotations.NullMarked;
