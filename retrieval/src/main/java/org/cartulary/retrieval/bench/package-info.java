/**
 * What the benchmark of search measures with: a corpus of any size made of real sentences and clustered vectors, a quick way
 * to fill an installation with it, and the bare engines on the same data. Not here: what is measured and how it is reported,
 * which the appliance's benchmarks say; nothing of this runs in service.
 */
@NullMarked
package org.cartulary.retrieval.bench;

import org.jspecify.annotations.NullMarked;
