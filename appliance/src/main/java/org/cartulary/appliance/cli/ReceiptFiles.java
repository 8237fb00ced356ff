package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cartulary.appliance.home.CartularyHome;

/** The caller's own copy of a receipt: the proof, and beside it the disclosed record. Theirs to keep or to delete. */
final class ReceiptFiles {
    private ReceiptFiles() {}

    /** Fetches the receipt that the answer names, writes both files, and puts the proof's path into the answer. */
    static void keep(Console console, ObjectNode answer) {
        String uri = answer.path("receipt").asText("");
        if (uri.isEmpty() || uri.equals("null")) {
            return;
        }
        JsonNode receipt = console.get(uri);
        long number = answer.path("number").asLong();
        try {
            Path directory = CartularyHome.ownerOnly(
                    console.home().toAbsolutePath().normalize().resolve("receipts"));
            Path proof = directory.resolve(number + ".tlog-proof");
            Files.writeString(proof, receipt.path("proof").asText());
            Files.writeString(
                    directory.resolve(number + ".json"), receipt.path("record").toString() + "\n");
            answer.put("receipt", proof.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("The receipt of question " + number + " could not be written", e);
        }
    }
}
