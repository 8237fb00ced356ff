package org.cartulary.compliance.policy;

import java.util.regex.Pattern;

/**
 * One relation tuple of the policy: the subject stands in the relation to the object (Zanzibar, USENIX ATC 2019, section
 * 2.1).
 *
 * @param object such as {@code role:reader} or {@code collection:<uuid>}
 * @param relation such as {@code holder} or {@code read}
 * @param subject a principal's or a group's id
 */
public record Statement(String object, String relation, String subject) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9:._@-]{1,128}");

    public Statement {
        for (String part : new String[] {object, relation, subject}) {
            if (!FORM.matcher(part).matches()) {
                throw new IllegalArgumentException(
                        "A part of a statement has 1 to 128 characters of a-z, 0-9 and : . _ @ -, but was \"" + part
                                + "\"");
            }
        }
    }
}
