/**
 * Finds emails: by words, by parts of words, or at the provider. Start at {@code SearchController}; what is asked for is read by
 * {@code SearchParser}, and the SQL is {@code SearchSql}'s. The table behind it is described in {@code V10__search.sql}.
 */
@NullMarked
package dev.steadymail.server.search;

import org.jspecify.annotations.NullMarked;
