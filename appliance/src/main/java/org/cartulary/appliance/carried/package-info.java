/**
 * What people carry between machines that no network joins: texts as QR codes. Not here: what the texts say, which is the log's
 * and its witnesses'; and the witness's half, which shares no code with this one.
 */
@NullMarked
package org.cartulary.appliance.carried;

import org.jspecify.annotations.NullMarked;
