package org.cartulary.inference.worker;

/**
 * Whose request it is.
 *
 * @param caller who takes turns with others
 * @param urgent whether somebody waits for it before he can go on, so that it goes before what is not
 */
record Turn(String caller, boolean urgent) {}
