package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpStatus;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.Limits;
import org.cartulary.appliance.accounts.Scope;
import org.jspecify.annotations.Nullable;

/** Keys as the interface shows and takes them. */
final class KeyViews {
    private KeyViews() {}

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Keys(List<KeyView> keys) {
        static Keys of(List<ApiKeys.ApiKey> keys) {
            return new Keys(keys.stream().map(KeyView::of).toList());
        }
    }

    /**
     * A key without its text.
     *
     * @param requestsPerMinute null where the key itself has no limit
     * @param questionsPerDay null where the key itself has no quota
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record KeyView(
            UUID id,
            String name,
            List<String> scopes,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer questionsPerDay,
            String createdAt,
            String expiresAt,
            @Nullable String lastUsedAt,
            @Nullable String revokedAt) {
        static KeyView of(ApiKeys.ApiKey key) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.scopes().stream().map(Scope::wireName).sorted().toList(),
                    key.limits().requestsPerMinute(),
                    key.limits().questionsPerDay(),
                    key.createdAt().toString(),
                    key.expiresAt().toString(),
                    key.lastUsedAt() == null ? null : key.lastUsedAt().toString(),
                    key.revokedAt() == null ? null : key.revokedAt().toString());
        }
    }

    /** A key with its text, shown this once. */
    @Serdeable
    record IssuedKey(KeyView key, String text) {
        static IssuedKey of(ApiKeys.Issued issued) {
            return new IssuedKey(KeyView.of(issued.key()), issued.text());
        }
    }

    /**
     * What is wanted of a key.
     *
     * @param scopes of ask, generate, curate, administer and audit
     * @param days that it lives, 1 to 366; 90 where absent
     */
    @Serdeable
    record NewKey(
            String name,
            List<String> scopes,
            @Nullable Integer days,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer questionsPerDay) {
        ApiKeys.Wanted wanted() {
            Duration life = days == null ? ApiKeys.USUAL_LIFE : Duration.ofDays(days);
            try {
                return new ApiKeys.Wanted(name, parsed(scopes), life, new Limits(requestsPerMinute, questionsPerDay));
            } catch (IllegalArgumentException e) {
                throw new Refused(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
            }
        }

        private static Set<Scope> parsed(List<String> names) {
            return names.stream()
                    .map(name -> Scope.named(name)
                            .orElseThrow(() -> new Refused(
                                    HttpStatus.BAD_REQUEST,
                                    "There is no scope \"" + name
                                            + "\"; ask, generate, curate, administer and audit exist.",
                                    "scopes",
                                    "scope")))
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    static Refused tooMany() {
        return new Refused(
                HttpStatus.CONFLICT,
                "There are " + ApiKeys.MAX_PER_PRINCIPAL + " keys that count already: revoke one first.",
                null,
                "too-many-keys");
    }

    static Refused unknown(UUID id) {
        return Refused.notFound("A key " + id + " that counts");
    }
}
