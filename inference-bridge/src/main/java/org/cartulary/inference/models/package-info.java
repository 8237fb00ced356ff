/**
 * The model files on disk: manifests, hashes, the header of a GGUF, copies in another quantisation. Not here: loading a
 * model; that is for worker processes.
 */
@NullMarked
package org.cartulary.inference.models;

import org.jspecify.annotations.NullMarked;
