/**
 * What a leaf of the evidence log may say: the types of entries, the fields that may stand in clear, and how the entries
 * of a question follow one another. Not here: trees and files.
 */
@NullMarked
package org.cartulary.verifier.leaf;

import org.jspecify.annotations.NullMarked;
