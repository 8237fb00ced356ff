/**
 * HTTP over the appliance's local socket: how the command line reaches the process that holds the home. Not here: what the
 * commands ask for and how they print it.
 */
@NullMarked
package org.cartulary.appliance.local;

import org.jspecify.annotations.NullMarked;
