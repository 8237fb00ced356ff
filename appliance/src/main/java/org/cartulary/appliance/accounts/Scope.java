package org.cartulary.appliance.accounts;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token is for. It narrows what its holder may do, and gives nothing that he may not do anyway. */
public enum Scope {
    /** Questions to documents: ask, search, open, receipts, {@code cartulary:<collection>}. */
    ASK,
    /** The models themselves, without documents: chat, embeddings, rerank. */
    GENERATE,
    /** Everything else: collections, uploads, evidence, metrics. */
    ADMINISTER;

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

    /** A sentence for whoever has a token without any of these. */
    public static String lacking(Set<Scope> wanted) {
        String names = wanted.stream().map(Scope::wireName).sorted().collect(Collectors.joining(" or "));
        return "Your token lacks the scope " + names + ": have one issued with deploy/cartulary token --scope "
                + wanted.iterator().next().wireName() + ".";
    }
}
