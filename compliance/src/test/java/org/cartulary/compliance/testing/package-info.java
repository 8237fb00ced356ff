/**
 * A real PostgreSQL with pgvector for the tests of every module: one server in a test JVM, one fresh database for each
 * test class. Not here: the server that an installation runs, which the appliance owns.
 */
@NullMarked
package org.cartulary.compliance.testing;

import org.jspecify.annotations.NullMarked;
