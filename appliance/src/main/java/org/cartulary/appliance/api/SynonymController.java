package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Objects;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.retrieval.catalog.Collection;
import org.cartulary.retrieval.synonym.SynonymList;
import org.cartulary.retrieval.synonym.SynonymWriter;
import org.cartulary.retrieval.synonym.Synonyms;
import org.jspecify.annotations.Nullable;

/** Abbreviations and other words for the same in a collection, kept by those who may write to it. */
@Controller("/api/collections/{name}/synonyms")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SynonymController {
    private final Reading reading;
    private final Synonyms synonyms;
    private final SynonymWriter writer;

    SynonymController(Reading reading, Synonyms synonyms, SynonymWriter writer) {
        this.reading = reading;
        this.synonyms = synonyms;
        this.writer = writer;
    }

    /** The list of a collection that the caller may read; empty where there is none. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = {Scope.ASK, Scope.CURATE})
    @Get
    SynonymLines list(String name, Authentication caller) {
        Collection collection = reading.collection(name, Caller.of(caller).principal());
        return new SynonymLines(synonyms.list(collection.id()).lines());
    }

    /** Puts a list in place of the one before. The next question knows it, and nothing is indexed anew. */
    @CalledBy(
            value = {Role.CURATOR, Role.SERVICE},
            scopes = Scope.CURATE)
    @Put
    SynonymLines set(String name, @Body SynonymLines wanted, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        Collection collection = reading.collection(name, by, Permission.WRITE);
        SynonymList list = checked(wanted);
        writer.set(collection.id(), list, by);
        return new SynonymLines(list.lines());
    }

    private static SynonymList checked(SynonymLines wanted) {
        List<List<String>> lines = wanted.lines();
        if (lines == null
                || lines.stream().anyMatch(line -> line == null || line.stream().anyMatch(Objects::isNull))) {
            throw new Refused(
                    HttpStatus.BAD_REQUEST,
                    "\"lines\" is a list of lines, each a list of terms, and none of them is null: [[\"ICU\", \"intensive"
                            + " care unit\"]].",
                    "lines",
                    null);
        }
        try {
            return new SynonymList(lines);
        } catch (IllegalArgumentException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()), "lines", null);
        }
    }

    /**
     * Words that mean the same.
     *
     * @param lines at most 1,000, each of 2 to 20 terms, each of 1 to 100 characters without commas; refused where absent, so
     *     that nobody clears a list by a slip
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SynonymLines(@Nullable List<List<String>> lines) {}
}
