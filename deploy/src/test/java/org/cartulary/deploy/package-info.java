/**
 * Runs the launcher {@code deploy/cartulary} as a person runs it, as a process with an environment of its own, and
 * looks at what it says, its exit code and what it leaves on the disk. Not for what the appliance answers.
 */
@NullMarked
package org.cartulary.deploy;

import org.jspecify.annotations.NullMarked;
