package org.cartulary.appliance.acts;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.cartulary.compliance.acts.Act;
import org.cartulary.compliance.acts.ActOutcome;
import org.cartulary.compliance.acts.Parameter;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.keys.Escrow;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Handle;

/**
 * Splits the master key into shares, written into a directory of the appliance's machine. Whoever holds enough of them can
 * open everything, so a compliance officer agrees. The record says how many there are and where they were put, not what they
 * are. Thread-safe.
 */
public final class SplitMasterKey implements Act {
    public static final String KIND = "split-master-key";
    public static final String SHARES = "shares";
    public static final String THRESHOLD = "threshold";
    public static final String DIRECTORY = "directory";

    private final DataKeys keys;
    private final EvidenceLog log;
    private final Path home;

    /** @param home where no shares are put: beside the key they would guard nothing */
    public SplitMasterKey(DataKeys keys, EvidenceLog log, Path home) {
        this.keys = keys;
        this.log = log;
        this.home = home;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Set<Role> requesters() {
        return EnumSet.of(Role.ADMINISTRATOR, Role.COMPLIANCE_OFFICER);
    }

    @Override
    public Set<Role> approvers() {
        return EnumSet.of(Role.COMPLIANCE_OFFICER);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter(
                        SHARES, "How many shares there are to be, 2 to " + Escrow.MOST + ".", Parameter.Type.TEXT),
                new Parameter(THRESHOLD, "How many of them make the key again, 2 or more.", Parameter.Type.TEXT),
                new Parameter(
                        DIRECTORY,
                        "Directory on the appliance's machine for the shares, outside its home.",
                        Parameter.Type.TEXT));
    }

    @Override
    public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
        int shares = number(parameters, SHARES);
        int threshold = number(parameters, THRESHOLD);
        if (threshold < 2 || threshold > shares || shares > Escrow.MOST) {
            return Optional.of(new ActOutcome.Refused(
                    THRESHOLD,
                    "There are 2 to " + Escrow.MOST + " shares, and 2 or more of them make the key again, such as 3 of"
                            + " 5."));
        }
        return directory(parameters).isPresent()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused(
                        DIRECTORY,
                        "The parameter \"directory\" is to be the whole path of a directory on the appliance's machine"
                                + " that exists and is not within its home: make it first."));
    }

    @Override
    public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
        Optional<ActOutcome.Refused> refused = check(handle, parameters).or(() -> notWritable(parameters));
        if (refused.isPresent()) {
            return refused;
        }
        int shares = number(parameters, SHARES);
        int threshold = number(parameters, THRESHOLD);
        Path directory = directory(parameters).orElseThrow();
        Escrow.Shares split = Escrow.split(keys, shares, threshold);
        Map<String, Object> sealed = Map.of(
                "change",
                "master-key-split",
                "set",
                split.set(),
                SHARES,
                (long) shares,
                THRESHOLD,
                (long) threshold,
                DIRECTORY,
                directory.toString());
        log.append(
                handle,
                new EntryDraft(
                        EntryType.KEY_CHANGED,
                        log.nextNumber(handle),
                        approver,
                        new TreeMap<>(),
                        new TreeMap<>(sealed)));
        // Only once it is on record: no share may exist that the log does not know of.
        handle.afterCommit(() -> split.writeTo(directory));
        return Optional.empty();
    }

    private Optional<ActOutcome.Refused> notWritable(JsonNode parameters) {
        Path directory = directory(parameters).orElseThrow();
        try {
            Files.delete(Files.createTempFile(directory, ".cartulary-share-", ".tmp"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new ActOutcome.Refused(
                    DIRECTORY,
                    "The appliance cannot write into " + directory + " (" + e.getMessage()
                            + "): let it, and try again."));
        }
    }

    private static int number(JsonNode parameters, String name) {
        String text = parameters.path(name).asText().strip();
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    }

    private Optional<Path> directory(JsonNode parameters) {
        try {
            Path path = Path.of(parameters.path(DIRECTORY).asText());
            return path.isAbsolute()
                            && Files.isDirectory(path)
                            && !path.toRealPath().startsWith(home.toRealPath())
                    ? Optional.of(path.normalize())
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
