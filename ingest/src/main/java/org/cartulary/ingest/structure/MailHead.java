package org.cartulary.ingest.structure;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.ingest.parse.ParsedPart;
import org.cartulary.ingest.text.NormalisedText;

/** Subject, sender, receivers and date of a mail, as its leading blocks. */
final class MailHead {
    private MailHead() {}

    static boolean isMail(ParsedPart part) {
        return part.mediaType().equals("message/rfc822") || part.mediaType().equals("application/vnd.ms-outlook");
    }

    static List<Block> blocks(ParsedPart part) {
        List<Block> blocks = new ArrayList<>();
        part.first("dc:title").ifPresent(subject -> blocks.add(Block.heading(1, NormalisedText.of(subject), null)));
        List<String> fields = new ArrayList<>();
        add(fields, "From", part, "Message-From");
        add(fields, "To", part, "Message-To");
        add(fields, "Cc", part, "Message-Cc");
        part.first("dcterms:created")
                .ifPresent(date -> fields.add("Date: " + date.replace("T", " ").replace("Z", " UTC")));
        if (!fields.isEmpty()) {
            blocks.add(Block.paragraph(NormalisedText.of(String.join("; ", fields)), null));
        }
        return blocks;
    }

    private static void add(List<String> fields, String label, ParsedPart part, String key) {
        List<String> values = part.metadata().getOrDefault(key, List.of()).stream()
                .filter(value -> !value.isBlank())
                .distinct()
                .toList();
        if (!values.isEmpty()) {
            fields.add(label + ": " + String.join(", ", values));
        }
    }
}
