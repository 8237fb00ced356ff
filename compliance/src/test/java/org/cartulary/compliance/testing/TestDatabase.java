package org.cartulary.compliance.testing;

import org.jdbi.v3.core.Jdbi;

/**
 * One database of the test server.
 *
 * @param jdbi pooled, with the PostgreSQL plugin installed
 * @param url JDBC URL without credentials
 * @param user owner of the database and superuser of the server
 * @param password that user's password
 */
public record TestDatabase(Jdbi jdbi, String url, String user, String password) {}
