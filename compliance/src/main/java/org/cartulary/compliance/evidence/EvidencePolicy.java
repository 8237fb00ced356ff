package org.cartulary.compliance.evidence;

/**
 * What a house decides about its log.
 *
 * @param profile whether who opens an entry sees who acted
 * @param libraryBytes of the spool by which documents can be searched and opened while the log cannot be written; 0 where
 *     they cannot
 */
public record EvidencePolicy(Profile profile, long libraryBytes) {
    /** Pseudonyms, and no library. */
    public static final EvidencePolicy STANDARD = new EvidencePolicy(Profile.PSEUDONYMOUS, 0);

    /** The same in another profile. */
    public EvidencePolicy with(Profile other) {
        return new EvidencePolicy(other, libraryBytes);
    }
}
