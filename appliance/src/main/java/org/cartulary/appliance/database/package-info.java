/**
 * PostgreSQL: the embedded child process or the operator's own server, the connection pool, and the schemas in their stated
 * order. Not here: any table, which its module owns.
 */
@NullMarked
package org.cartulary.appliance.database;

import org.jspecify.annotations.NullMarked;
