/**
 * What the appliance and its workers say to each other over a Unix domain socket: length-prefixed frames, a version in
 * the first, request ids, deadlines, cancel, and credits for streamed text. Not here: who starts whom, and what a
 * request means.
 */
@NullMarked
package org.cartulary.inference.protocol;

import org.jspecify.annotations.NullMarked;
