/**
 * The bare engines that benchmarks hold the bridge against, each in a process of its own. Not here: what is measured and
 * how it is reported, which the appliance's benchmarks say; nothing of this runs in service.
 */
@NullMarked
package org.cartulary.inference.bench;

import org.jspecify.annotations.NullMarked;
