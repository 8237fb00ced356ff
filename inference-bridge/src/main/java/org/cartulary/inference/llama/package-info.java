/**
 * llama.cpp by the Java foreign function interface: load a GGUF, tokenise, read prompts, choose tokens, score texts,
 * make smaller or faster copies. For worker processes only: a fault in native code ends the process it runs in. Not
 * here: sockets, processes, model files' trustworthiness. No foreign-memory type leaves this package.
 */
@NullMarked
package org.cartulary.inference.llama;

import org.jspecify.annotations.NullMarked;
