/**
 * Changes of the installation's models: import, choice, removal, each on record. Not here: files, hashes and headers,
 * which the inference bridge knows, and who may ask for a change.
 */
@NullMarked
package org.cartulary.appliance.models;

import org.jspecify.annotations.NullMarked;
