/**
 * Starts the worker processes, watches over them, and makes calls to them look like calls to a model. The way in for
 * the rest of the appliance: {@link org.cartulary.inference.supervision.InferenceWorkers}. Not here: any native code.
 */
@NullMarked
package org.cartulary.inference.supervision;

import org.jspecify.annotations.NullMarked;
