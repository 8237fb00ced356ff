package org.cartulary.retrieval.quote;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A code by which one document points into another: "regimen P2", "class B". */
record Reference(String text, Pattern pattern) {
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]{1,3}-?\\d{1,3}\\b");
    private static final Pattern NAMED = Pattern.compile(
            "\\b(class|category|level|grade|stage|regimen|band|group|zone|type|schedule|tier|code)\\s+([A-Z]|\\d{1,2}|[IVX]{1,4})\\b",
            Pattern.CASE_INSENSITIVE);

    /** The codes of a text, in their order. */
    static List<Reference> in(String text) {
        List<Reference> references = new ArrayList<>();
        Matcher codes = CODE.matcher(text);
        while (codes.find()) {
            references.add(new Reference(codes.group(), Pattern.compile("\\b" + Pattern.quote(codes.group()) + "\\b")));
        }
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            references.add(new Reference(
                    named.group(),
                    Pattern.compile(
                            "\\b" + Pattern.quote(named.group(1)) + "\\s+" + Pattern.quote(named.group(2)) + "\\b",
                            Pattern.CASE_INSENSITIVE)));
        }
        return references;
    }

    boolean standsIn(String text) {
        return pattern.matcher(text).find();
    }
}
