package org.cartulary.appliance.database;

import org.jspecify.annotations.Nullable;

/**
 * An operator's own PostgreSQL, or none, which means the embedded one.
 *
 * @param url a JDBC URL such as {@code jdbc:postgresql://db.internal:5432/cartulary}, or null
 * @param poolSize connections kept at most
 */
public record DatabaseSettings(
        @Nullable String url,
        @Nullable String username,
        @Nullable String password,
        int poolSize) {}
