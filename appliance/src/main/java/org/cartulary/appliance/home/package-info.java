/**
 * The one directory of an installation: where things lie, who may read them, and that one process at a time owns them. Not
 * here: what the files in it mean, which their modules know.
 */
@NullMarked
package org.cartulary.appliance.home;

import org.jspecify.annotations.NullMarked;
