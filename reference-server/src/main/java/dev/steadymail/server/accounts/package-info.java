/**
 * Connected accounts: where each is, its credentials under encryption, its client, and the networks it may lead to.
 */
@NullMarked
package dev.steadymail.server.accounts;

import org.jspecify.annotations.NullMarked;
