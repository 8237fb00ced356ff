package org.cartulary.verifier.note;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.verifier.report.CheckFailed;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures make a checkpoint valid: any of some logs, with its cosignature where a key for that is given too, and a
 * quorum of witnesses (C2SP tlog-policy). Immutable.
 *
 * @param logs their verifier keys
 * @param witnesses by the names that the policy gives them
 * @param groups by name; of witnesses and of other groups
 * @param quorum a witness or group; null where none is asked for
 * @param cosigners keys of type 0x06 that were given by themselves: one under a log's own name is that log's second key, and
 *     then its signature is asked for as well
 */
public record TrustPolicy(
        List<VerifierKey> logs,
        Map<String, Witness> witnesses,
        Map<String, Group> groups,
        @Nullable String quorum,
        List<VerifierKey> cosigners) {
    /** Most logs, witnesses and groups, each. */
    private static final int MOST = 1_000;

    private static final String NONE = "none";

    /**
     * One that may cosign.
     *
     * @param url where checkpoints are sent to it; null where that is not said
     */
    public record Witness(VerifierKey key, @Nullable String url) {}

    /** Witnessed what at least so many of its members have. */
    public record Group(int threshold, List<String> members) {}

    public TrustPolicy {
        logs = List.copyOf(logs);
        witnesses = Map.copyOf(witnesses);
        groups = Map.copyOf(groups);
        cosigners = List.copyOf(cosigners);
    }

    /**
     * Any of some logs signs; of witnesses among the keys signatures have to be valid, but none has to be there. A key of
     * type 0x06 under a log's own name is no witness's: its signature has to be there.
     */
    public static TrustPolicy ofKeys(List<VerifierKey> keys) {
        Map<String, Witness> witnesses = new LinkedHashMap<>();
        List<VerifierKey> logs = new ArrayList<>();
        for (VerifierKey key : keys) {
            if (key.type().isCosignature()) {
                witnesses.put(key.shown(), new Witness(key, null));
            } else {
                logs.add(key);
            }
        }
        List<VerifierKey> cosigners = keys.stream()
                .filter(key -> key.type() == KeyType.ML_DSA_COSIGNATURE)
                .toList();
        return new TrustPolicy(logs, witnesses, Map.of(), null, cosigners);
    }

    /**
     * Reads a policy, or verifier keys, one a line: what has a line that begins with {@code quorum} is a policy.
     *
     * @throws IllegalArgumentException with a sentence for the user where it is neither
     */
    public static TrustPolicy parse(String text) {
        boolean policy = text.lines().anyMatch(line -> line.strip().startsWith("quorum"));
        return policy ? new Reader().read(text) : ofKeys(VerifierKey.parseAll(text));
    }

    /** This and another: logs and witnesses of both; only one of them may ask for a quorum. */
    public TrustPolicy and(TrustPolicy other) {
        if (quorum != null && other.quorum != null) {
            throw new IllegalArgumentException("two policies that each ask for a quorum; give one");
        }
        List<VerifierKey> allLogs = new ArrayList<>(logs);
        allLogs.addAll(other.logs);
        Map<String, Witness> allWitnesses = new HashMap<>(witnesses);
        allWitnesses.putAll(other.witnesses);
        Map<String, Group> allGroups = new HashMap<>(groups);
        allGroups.putAll(other.groups);
        List<VerifierKey> allCosigners = new ArrayList<>(cosigners);
        allCosigners.addAll(other.cosigners);
        return new TrustPolicy(allLogs, allWitnesses, allGroups, quorum == null ? other.quorum : quorum, allCosigners);
    }

    /** Of logs and witnesses. */
    List<VerifierKey> keys() {
        List<VerifierKey> keys = new ArrayList<>(logs);
        witnesses.values().forEach(witness -> keys.add(witness.key()));
        return keys;
    }

    /** Whether a key is that of a log by this name. */
    boolean isLog(VerifierKey key, String origin) {
        return key.name().equals(origin) && logs.contains(key);
    }

    /** Asks for a signature of each key that was given as the second one of this log. */
    void requireCosigned(String origin, List<SignedNote.Verified> signatures, String where) {
        for (VerifierKey cosigner : cosigners) {
            if (cosigner.name().equals(origin)
                    && signatures.stream()
                            .noneMatch(signature -> signature.key().equals(cosigner))) {
                throw new CheckFailed(
                        where,
                        "a signature by the log's " + cosigner.type().algorithm() + " key " + cosigner.shown() + " too",
                        "none (a log that is older than this key has none on what it signed before)");
            }
        }
    }

    /** Whether these signatures are those of a quorum. */
    void requireQuorum(List<SignedNote.Verified> signatures, String where) {
        if (quorum == null) {
            return;
        }
        Set<VerifierKey> signers = new HashSet<>();
        signatures.forEach(signature -> signers.add(signature.key()));
        if (!hasWitnessed(quorum, signers)) {
            List<String> cosigners = signatures.stream()
                    .map(SignedNote.Verified::key)
                    .filter(key -> key.type().isCosignature())
                    .map(VerifierKey::shown)
                    .toList();
            throw new CheckFailed(
                    where,
                    "cosignatures of the quorum \"" + quorum + "\" of the policy",
                    cosigners.isEmpty() ? "none of a known witness" : "those of " + String.join(", ", cosigners));
        }
    }

    private boolean hasWitnessed(String name, Set<VerifierKey> signers) {
        Witness witness = witnesses.get(name);
        if (witness != null) {
            return signers.contains(witness.key());
        }
        Group group = groups.get(name);
        return group != null
                && group.members().stream()
                                .filter(member -> hasWitnessed(member, signers))
                                .count()
                        >= group.threshold();
    }

    /** Line by line; a name has to be defined before it is used, so that no group can contain itself. */
    private static final class Reader {
        private final List<VerifierKey> logs = new ArrayList<>();
        private final Map<String, Witness> witnesses = new LinkedHashMap<>();
        private final Map<String, Group> groups = new LinkedHashMap<>();
        private final Set<String> grouped = new HashSet<>();
        private @Nullable String quorum;

        TrustPolicy read(String text) {
            if (text.length() > VerifierKey.MAX_TEXT_CHARS) {
                throw new IllegalArgumentException("longer than " + VerifierKey.MAX_TEXT_CHARS + " characters");
            }
            int number = 0;
            for (String line : text.split("\n", -1)) {
                number++;
                String[] words = line.strip().split("[ \t]+", -1);
                if (!words[0].isEmpty() && !words[0].startsWith("#")) {
                    try {
                        take(words);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
                    }
                }
            }
            return new TrustPolicy(logs, witnesses, groups, NONE.equals(quorum) ? null : quorum, List.of());
        }

        private void take(String[] words) {
            switch (words[0]) {
                case "log" -> log(words);
                case "witness" -> witness(words);
                case "group" -> group(words);
                case "quorum" -> quorum(words);
                default ->
                    throw new IllegalArgumentException(
                            "\"" + words[0] + "\" where a policy has log, witness, group or quorum");
            }
            if (logs.size() > MOST || witnesses.size() > MOST || groups.size() > MOST) {
                throw new IllegalArgumentException("more than " + MOST + " logs, witnesses or groups");
            }
        }

        private void log(String[] words) {
            requireWords(words, 2, 3, "log <vkey> [<url>]");
            VerifierKey key = VerifierKey.parse(words[1]);
            if (key.type() != KeyType.NOTE) {
                throw new IllegalArgumentException("a log signs with a key of type 0x01");
            }
            requireNew(logs, key);
            logs.add(key);
        }

        private void witness(String[] words) {
            requireWords(words, 3, 4, "witness <name> <vkey> [<url>]");
            requireFree(words[1]);
            VerifierKey key = VerifierKey.parse(words[2]);
            if (!key.type().isCosignature()) {
                throw new IllegalArgumentException("a witness signs with a key of type 0x04 or 0x06");
            }
            requireNew(witnesses.values().stream().map(Witness::key).toList(), key);
            witnesses.put(words[1], new Witness(key, words.length == 4 ? words[3] : null));
        }

        private void group(String[] words) {
            requireWords(words, 4, MOST, "group <name> all|any|<number> <name>...");
            requireFree(words[1]);
            List<String> members = List.of(words).subList(3, words.length);
            for (String member : members) {
                requireDefined(member);
                if (!grouped.add(member)) {
                    throw new IllegalArgumentException("\"" + member + "\" is a member already");
                }
            }
            groups.put(words[1], new Group(threshold(words[2], members.size()), members));
        }

        private void quorum(String[] words) {
            requireWords(words, 2, 2, "quorum <name>");
            if (quorum != null) {
                throw new IllegalArgumentException("a second quorum");
            }
            if (!words[1].equals(NONE)) {
                requireDefined(words[1]);
            }
            quorum = words[1];
        }

        private static int threshold(String word, int members) {
            int threshold = switch (word) {
                case "all" -> members;
                case "any" -> 1;
                default -> word.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(word) : 0;
            };
            if (threshold < 1 || threshold > members) {
                throw new IllegalArgumentException(
                        "\"" + word + "\" where a group of " + members + " has all, any, or a number from 1 to it");
            }
            return threshold;
        }

        private static void requireWords(String[] words, int least, int most, String form) {
            if (words.length < least || words.length > most) {
                throw new IllegalArgumentException("not of the form " + form);
            }
        }

        private static void requireNew(List<VerifierKey> known, VerifierKey key) {
            if (known.stream().anyMatch(one -> one.publicKey().equals(key.publicKey()))) {
                throw new IllegalArgumentException("the public key of " + key.shown() + " stands there already");
            }
        }

        private void requireFree(String name) {
            if (name.equals(NONE) || witnesses.containsKey(name) || groups.containsKey(name)) {
                throw new IllegalArgumentException("the name \"" + name + "\" is taken");
            }
        }

        private void requireDefined(String name) {
            if (!witnesses.containsKey(name) && !groups.containsKey(name)) {
                throw new IllegalArgumentException("no witness or group \"" + name + "\" is defined before");
            }
        }
    }
}
