/**
 * ONNX Runtime and the Hugging Face tokeniser: texts to vectors, for the bundled embedder. For worker processes only,
 * and never in one with llama.cpp: the two corrupt each other's results. Not here: sockets and processes.
 */
@NullMarked
package org.cartulary.inference.onnx;

import org.jspecify.annotations.NullMarked;
