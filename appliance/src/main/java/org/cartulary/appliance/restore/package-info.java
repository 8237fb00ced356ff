/**
 * Brings an installation back whose database is an older copy, while its log directory and keys are newer: what two people decide on a
 * stopped home, and what the next start does of it. What becomes of the log itself is the matter of compliance.
 */
@NullMarked
package org.cartulary.appliance.restore;

import org.jspecify.annotations.NullMarked;
