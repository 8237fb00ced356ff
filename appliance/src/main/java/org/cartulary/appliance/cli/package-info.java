/**
 * The command line: a client of the running appliance through its local socket, which starts one where none runs.
 */
@NullMarked
package org.cartulary.appliance.cli;

import org.jspecify.annotations.NullMarked;
