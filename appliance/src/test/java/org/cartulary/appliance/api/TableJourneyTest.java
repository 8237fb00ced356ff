package org.cartulary.appliance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.cartulary.appliance.testing.CommandProcess;
import org.cartulary.appliance.testing.CommandProcess.Outcome;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of tables out of real files: a row says what its cells are, or its heading row goes with it. */
@ExtendWith(SharedAppliance.class)
class TableJourneyTest {
    private static final String RENEWAL = "What does renewing a taxi licence cost?";

    @Test
    void showsARowOfAPdfUnderItsHeadingRow(Running running) {
        JsonNode answer =
                RestClient.parsed(running.client().ask(RENEWAL, "demo").body());
        JsonNode heading = answer.path("sentences").path(0);
        assertThat(heading.path("text").asText()).isEqualTo("Licence or permit Fee Runs for");
        assertThat(heading.path("headingRow").asBoolean()).isTrue();
        assertThat(heading.path("citations").path(0).asInt()).isEqualTo(1);
        assertThat(answer.path("sentences").path(1).path("text").asText()).startsWith("Taxi licence, renewal $140");
        assertThat(answer.path("answer").asText())
                .startsWith("Licence or permit Fee Runs for [1]\nTaxi licence, renewal");
        assertThat(answer.path("citations").path(0).path("quote").asText()).contains("Runs for", "$140");

        Outcome printed = CommandProcess.run(running.home(), "ask", RENEWAL, "--collection", "demo");
        assertThat(printed.exitCode()).as(printed.err()).isZero();
        assertThat(printed.out())
                .contains("Licence or permit Fee Runs for [1]\nTaxi licence, renewal $140 Three years");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What is the hourly rate of Lantern Street Hall for a resident group at the weekend? | Resident group weekend: 33
            How long do we have to keep the logs that visitors fill in at the front desk?       | 90 days
            """)
    void quotesRowsOfSheetsAndWordThatNameTheirCells(String question, String cell, Running running) {
        JsonNode answer =
                RestClient.parsed(running.client().ask(question, "demo").body());
        JsonNode first = answer.path("sentences").path(0);
        assertThat(first.path("headingRow").asBoolean()).isFalse();
        assertThat(first.path("text").asText()).contains(cell, ": ", "; ");
    }

    @Test
    void readsTablesOfMarkdownAndPlainTextAlike(Running running) {
        RestClient tess = running.client();
        assertThat(tess.post("/api/collections", "{\"name\":\"rooms\"}").statusCode())
                .isEqualTo(201);
        write(tess, "rooms.md", """
                # Hire of rooms
                | Room | Half day | Whole day |
                |------|----------|-----------|
                | Oak Room | 45 euros | 80 euros |
                """);
        write(tess, "boats.txt", """
                Hire of boats
                | Boat | Half day | Whole day |
                | Dinghy | 30 euros | 55 euros |
                | Rowing boat | 20 euros | 38 euros |
                """);
        assertThat(first(tess, "What does the Oak Room cost for a whole day?"))
                .isEqualTo("Room: Oak Room; Half day: 45 euros; Whole day: 80 euros");
        assertThat(first(tess, "What does a dinghy cost for half a day?"))
                .isEqualTo("Boat: Dinghy; Half day: 30 euros; Whole day: 55 euros");
    }

    private static String first(RestClient client, String question) {
        return RestClient.parsed(client.ask(question, "rooms").body())
                .path("sentences")
                .path(0)
                .path("text")
                .asText();
    }

    private static void write(RestClient client, String path, String text) {
        client.upload("rooms", path, text.getBytes(StandardCharsets.UTF_8));
    }
}
