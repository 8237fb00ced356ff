/**
 * Evidence bundles: one canonical zip with which a stranger checks entries offline, using none of our code. Not here:
 * checking, which the verifier does without sharing code with this module.
 */
@NullMarked
package org.cartulary.compliance.bundle;

import org.jspecify.annotations.NullMarked;
