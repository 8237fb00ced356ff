package org.cartulary.compliance.evidence;

/**
 * How the library stands: what stays open by policy where the log cannot be written.
 *
 * @param allowed by policy
 * @param open whether documents are searched and opened now while nothing is answered
 * @param notes that wait to be brought into the log
 * @param freeBytes of the spool that takes them
 * @param bytes of the spool; 0 where there is none
 */
public record LibraryStatus(boolean allowed, boolean open, int notes, long freeBytes, long bytes) {}
