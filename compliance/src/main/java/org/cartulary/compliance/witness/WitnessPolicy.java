package org.cartulary.compliance.witness;

import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cartulary.compliance.tlog.CosignerKey;
import org.jspecify.annotations.Nullable;

/**
 * Which witnesses there are, and how many must have cosigned (C2SP tlog-policy). Lines of logs are passed over: this log knows
 * who it is. Immutable.
 *
 * @param witnesses by the names that the policy gives them
 * @param quorum a witness or group; null where none is asked for
 */
public record WitnessPolicy(
        Map<String, Witness> witnesses,
        Map<String, Group> groups,
        @Nullable String quorum) {
    /** No witness. */
    public static final WitnessPolicy NONE = new WitnessPolicy(Map.of(), Map.of(), null);

    /** Most witnesses, and most groups. */
    public static final int MOST = 100;

    private static final String NOBODY = "none";

    /**
     * One that may cosign.
     *
     * @param url before {@code /add-checkpoint}; null where files are carried
     */
    public record Witness(
            String name, CosignerKey key, @Nullable URI url) {}

    /** Saw what at least so many of its members have seen. */
    public record Group(int threshold, List<String> members) {}

    public WitnessPolicy {
        witnesses = Map.copyOf(witnesses);
        groups = Map.copyOf(groups);
    }

    /**
     * Reads a policy.
     *
     * @throws IllegalArgumentException that names the line
     */
    public static WitnessPolicy parse(String text) {
        return new Reader().read(text);
    }

    /** Whether these witnesses, by name, are enough; never without one. */
    boolean isQuorum(Collection<String> cosigned) {
        return !cosigned.isEmpty() && (quorum == null || has(quorum, Set.copyOf(cosigned)));
    }

    private boolean has(String name, Set<String> cosigned) {
        Group group = groups.get(name);
        return group == null
                ? cosigned.contains(name)
                : group.members().stream()
                                .filter(member -> has(member, cosigned))
                                .count()
                        >= group.threshold();
    }

    /** Line by line; a name has to be defined before it is used, so that no group can contain itself. */
    private static final class Reader {
        private final Map<String, Witness> witnesses = new LinkedHashMap<>();
        private final Map<String, Group> groups = new LinkedHashMap<>();
        private final Set<String> grouped = new HashSet<>();
        private @Nullable String quorum;

        WitnessPolicy read(String text) {
            int number = 0;
            for (String line : text.split("\n", -1)) {
                number++;
                List<String> words = List.of(line.strip().split("[ \t]+", -1));
                try {
                    take(words);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
                }
            }
            if (quorum == null) {
                throw new IllegalArgumentException("it has no line \"quorum NAME\"");
            }
            return new WitnessPolicy(witnesses, groups, quorum.equals(NOBODY) ? null : quorum);
        }

        private void take(List<String> words) {
            String kind = words.getFirst();
            if (kind.isEmpty() || kind.startsWith("#") || kind.equals("log")) {
                return;
            }
            switch (kind) {
                case "witness" -> witness(words);
                case "group" -> group(words);
                case "quorum" -> quorum(words);
                default ->
                    throw new IllegalArgumentException(
                            "\"" + kind + "\" where a policy has log, witness, group or quorum");
            }
            if (witnesses.size() > MOST || groups.size() > MOST) {
                throw new IllegalArgumentException("more than " + MOST + " witnesses or groups");
            }
        }

        private void witness(List<String> words) {
            require(words.size() == 3 || words.size() == 4, "not of the form witness NAME VKEY [URL]");
            String name = free(words.get(1));
            CosignerKey key = CosignerKey.parse(words.get(2));
            require(
                    witnesses.values().stream().noneMatch(one -> one.key().equals(key)),
                    "the key of " + key.shown() + " stands there already");
            witnesses.put(name, new Witness(name, key, words.size() == 4 ? url(words.get(3)) : null));
        }

        private static URI url(String text) {
            URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            require(http && url.getHost() != null, "\"" + text + "\" is no http or https address");
            return url;
        }

        private void group(List<String> words) {
            require(words.size() >= 4, "not of the form group NAME all|any|NUMBER MEMBER...");
            String name = free(words.get(1));
            List<String> members = words.subList(3, words.size());
            for (String member : members) {
                defined(member);
                require(grouped.add(member), "\"" + member + "\" is a member already");
            }
            int threshold = switch (words.get(2)) {
                case "all" -> members.size();
                case "any" -> 1;
                default -> words.get(2).matches("[1-9][0-9]{0,2}") ? Integer.parseInt(words.get(2)) : 0;
            };
            require(
                    threshold >= 1 && threshold <= members.size(),
                    "\"" + words.get(2) + "\" of " + members.size() + " members cannot be");
            groups.put(name, new Group(threshold, members));
        }

        private void quorum(List<String> words) {
            require(words.size() == 2 && quorum == null, "not one line of the form quorum NAME");
            quorum = words.get(1).equals(NOBODY) ? NOBODY : defined(words.get(1));
        }

        private String free(String name) {
            require(
                    !name.equals(NOBODY) && !witnesses.containsKey(name) && !groups.containsKey(name),
                    "the name \"" + name + "\" is taken");
            return name;
        }

        private String defined(String name) {
            require(
                    witnesses.containsKey(name) || groups.containsKey(name),
                    "no witness or group \"" + name + "\" is defined before");
            return name;
        }

        private static void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
