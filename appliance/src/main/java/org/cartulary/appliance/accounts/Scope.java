package org.cartulary.appliance.accounts;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a key is for. It narrows what its holder may do, and gives nothing that he may not do anyway. */
public enum Scope {
    /** Questions to documents: ask, search, open, receipts, {@code cartulary:<collection>}. */
    ASK,
    /** The models themselves, without documents: chat, embeddings, rerank. */
    GENERATE,
    /** Documents: uploads, removals, and what they are marked with. */
    CURATE,
    /** People, rights, models, health. */
    ADMINISTER,
    /** Evidence and reviews. */
    AUDIT;

    /** All of them. */
    public static Set<Scope> all() {
        return EnumSet.allOf(Scope.class);
    }

    /** The scope of that name. */
    public static Optional<Scope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(name))
                .findFirst();
    }

    /** As it is written in commands, requests and the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A sentence for whoever has a key without any of these. */
    public static String lacking(Set<Scope> wanted) {
        String names = wanted.stream().map(Scope::wireName).sorted().collect(Collectors.joining(" or "));
        return "Your key lacks the scope " + names + ": make one that has it.";
    }
}
