/**
 * HTTP for Google's client over OkHttp: start at {@link dev.steadymail.gmail.http.HttpConnections}. Nothing here knows of mail,
 * and nothing is sent twice behind the caller's back.
 */
@NullMarked
package dev.steadymail.gmail.http;

import org.jspecify.annotations.NullMarked;
