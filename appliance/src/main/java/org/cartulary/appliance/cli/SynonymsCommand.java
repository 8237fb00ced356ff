package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "synonyms",
        description = "Abbreviations and other words for the same in a collection.",
        footer = {
            "",
            "Example: deploy/cartulary synonyms set ward synonyms.txt",
            "         deploy/cartulary synonyms show ward"
        })
final class SynonymsCommand {
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints the list of a collection, as set reads it.",
            footer = {"", "Example: deploy/cartulary synonyms show ward > synonyms.txt"})
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(console.get(path(collection)), json, "lines", Listing::joined));
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = {
                "Puts the lines of a file in place of the list: terms that mean the same, parted by commas.",
                "Empty lines and such as begin with # say nothing. At most 1,000 lines of 2 to 20 terms.",
                "The next question knows it; nothing is indexed anew."
            },
            footer = {"", "Example: deploy/cartulary synonyms set ward synonyms.txt"})
    int set(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "COLLECTION") String collection,
            @Parameters(paramLabel = "FILE", description = "Text in UTF-8, a line such as: ICU, intensive care unit")
                    Path file,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        ObjectNode wanted = Console.JSON.createObjectNode();
        ArrayNode lines = wanted.putArray("lines");
        for (String line : read(file)) {
            ArrayNode terms = lines.addArray();
            Stream.of(line.split(",", -1)).map(String::strip).forEach(terms::add);
        }
        return at.run(
                console -> Listing.print(console.putForJson(path(collection), wanted), json, "lines", Listing::joined));
    }

    private static List<String> read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new CommandFailed("Cannot read " + file + ": give a text file in UTF-8.");
        }
    }

    private static String path(String collection) {
        return "/api/collections/" + Console.encoded(collection) + "/synonyms";
    }
}
