package org.cartulary.appliance.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.evidence.Receipt;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;

/** Receipts: whoever asked may fetch theirs again. */
@Controller("/api/receipts/{number}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReceiptController {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EvidenceLog log;

    ReceiptController(EvidenceLog log) {
        this.log = log;
    }

    /** Proof and disclosed record as one object. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK)
    @Get(produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> receipt(long number, Authentication caller) {
        return HttpResponse.ok(whole(find(number, caller)).getBytes(StandardCharsets.UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    /** Proof and disclosed record as one JSON object. */
    static String whole(Receipt receipt) {
        try {
            JsonNode record = JSON.readTree(receipt.recordJson());
            var whole = JSON.createObjectNode()
                    .put("number", receipt.number())
                    .put("index", receipt.index())
                    .put("proof", receipt.proof());
            whole.set("record", record);
            return JSON.writeValueAsString(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("The record of question " + receipt.number() + " is not JSON", e);
        }
    }

    /** The proof alone, as a file. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK)
    @Get(value = "/proof", produces = MediaType.TEXT_PLAIN)
    HttpResponse<byte[]> proof(long number, Authentication caller) {
        return proofFile(find(number, caller));
    }

    /** The disclosed record alone, as a file. */
    @CalledBy(
            value = {Role.READER, Role.CURATOR, Role.SERVICE},
            scopes = Scope.ASK)
    @Get(value = "/record", produces = MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> record(long number, Authentication caller) {
        return recordFile(find(number, caller));
    }

    private Receipt find(long number, Authentication caller) {
        Principal principal = Caller.of(caller).principal();
        return log.receiptOf(number, principal).orElseThrow(() -> Refused.notFound("A receipt of question " + number));
    }

    static HttpResponse<byte[]> proofFile(Receipt receipt) {
        return file(receipt.number() + ".tlog-proof", receipt.proof());
    }

    static HttpResponse<byte[]> recordFile(Receipt receipt) {
        return file(receipt.number() + ".json", receipt.recordJson());
    }

    private static HttpResponse<byte[]> file(String name, String text) {
        return HttpResponse.ok(text.getBytes(StandardCharsets.UTF_8))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }
}
