/**
 * The composition root: one process that joins the modules. Not here: what the modules themselves know; this package and
 * those below it wire, expose and guard.
 */
@NullMarked
package org.cartulary.appliance;

import org.jspecify.annotations.NullMarked;
