/**
 * Everything this module knows about making files survive a crash: temporary file, fsync, rename, fsync of the
 * directory. Not here: what the files mean.
 */
@NullMarked
package org.cartulary.compliance.durable;

import org.jspecify.annotations.NullMarked;
