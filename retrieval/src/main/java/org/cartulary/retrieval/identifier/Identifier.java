package org.cartulary.retrieval.identifier;

import java.util.List;
import java.util.Locale;

/**
 * An identifier in a text.
 *
 * @param text as it stands there
 * @param levels its one spelling, the whole first, then what it is part of: {@code §:12/3}, {@code §:12}
 */
public record Identifier(Kind kind, String text, List<String> levels) {
    /** What it identifies. */
    public enum Kind {
        /** A substance or a group of them, in the Anatomical Therapeutic Chemical classification of the WHO. */
        ATC,
        /** A package of a drug in the United States. */
        NDC,
        /** A package of a drug in Germany. */
        PZN,
        /** A diagnosis, in ICD-10 and its national forms. */
        ICD,
        FILE_NUMBER,
        PARAGRAPH,
        ARTICLE,
        SECTION,
        PHONE,
        ROOM,
        VERSION,
        /** Any other name of capitals and digits: {@code SOP-17-03}. */
        CODE;

        /** As a person may be told: {@code file number}. */
        public String word() {
            return switch (this) {
                case ATC, NDC, PZN, ICD -> name() + " code";
                default -> name().toLowerCase(Locale.ROOT).replace('_', ' ');
            };
        }
    }

    public Identifier {
        levels = List.copyOf(levels);
    }

    /** The whole in its one spelling. */
    public String key() {
        return levels.getFirst();
    }
}
