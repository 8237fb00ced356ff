/**
 * How a Java process of ours is started beside this one: with few rights, a small heap, and an end when its parent
 * ends; and how much memory is left for one. Not here: what it does.
 */
@NullMarked
package org.cartulary.inference.process;

import org.jspecify.annotations.NullMarked;
