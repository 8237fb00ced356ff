package org.cartulary.appliance.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.cartulary.appliance.database.DatabaseSettings;
import org.cartulary.compliance.evidence.EvidencePolicy;
import org.cartulary.compliance.evidence.Profile;
import org.cartulary.retrieval.search.RerankPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The operator's choices, from {@code cartulary.yml} in the home, overridden by environment variables.
 *
 * @param cache where set-up put native libraries, PostgreSQL and models
 * @param answerMode how answers are worded
 * @param unsupported what becomes of a generated sentence that the documents do not carry
 * @param answerTokens tokens of an answer at most
 * @param answerDeadline time for one answer at most
 * @param contextTokens window that the chat model is loaded with
 * @param inferenceThreads of the chat worker; 0 for what is free
 * @param maxFileBytes of one document
 * @param maxQuestionLength in characters
 * @param receiptPatience how long an answer waits for the checkpoint that covers it
 * @param evidence whether who opens an entry sees who acted, and what stays open where nothing can be recorded
 * @param witnesses who cosigns the log
 * @param timestamps who says when its checkpoints existed
 * @param reranking how far a reranker has its say, where one is installed
 * @param sessionIdle after which a browser that nobody uses is signed out
 * @param sessionLongest after which any browser is signed out
 */
public record Settings(
        Path cache,
        DatabaseSettings database,
        AnswerMode answerMode,
        Unsupported unsupported,
        int answerTokens,
        Duration answerDeadline,
        int contextTokens,
        int inferenceThreads,
        long maxFileBytes,
        int maxQuestionLength,
        Duration receiptPatience,
        EvidencePolicy evidence,
        WitnessSettings witnesses,
        TimestampSettings timestamps,
        RerankPolicy reranking,
        Duration sessionIdle,
        Duration sessionLongest) {
    /** How an answer is worded. */
    public enum AnswerMode {
        /** Only sentences that stand in the passages, word for word. */
        QUOTE,
        /** The model's own words, each sentence checked against the passages. For models that the operator trusts. */
        GENERATE
    }

    /** What becomes of a sentence of a generated answer that no passage carries. */
    public enum Unsupported {
        /** It is shown, and marked as not in the documents. */
        MARK,
        /** It is left out of the answer, which says so; the record keeps it. */
        WITHHOLD
    }

    /** Reads every setting. A value outside its limits stops start-up with its name. */
    public static Settings from(SettingSource source) {
        Settings settings = read(source);
        if (settings.answerTokens() > settings.contextTokens() / 2) {
            throw new SettingRefused("cartulary.answer.max-tokens is " + settings.answerTokens()
                    + ", but at most half of cartulary.inference.context-tokens (" + settings.contextTokens()
                    + ") leaves room for the documents.");
        }
        return settings;
    }

    /** The same with answers worded in another way. */
    public Settings answering(AnswerMode mode) {
        return new Settings(
                cache,
                database,
                mode,
                unsupported,
                answerTokens,
                answerDeadline,
                contextTokens,
                inferenceThreads,
                maxFileBytes,
                maxQuestionLength,
                receiptPatience,
                evidence,
                witnesses,
                timestamps,
                reranking,
                sessionIdle,
                sessionLongest);
    }

    private static Settings read(SettingSource source) {
        return new Settings(
                Path.of(source.text("cartulary.cache", CacheDirectory.standard())),
                new DatabaseSettings(
                        blankAsNull(source.text("cartulary.database.url", "")),
                        blankAsNull(source.text("cartulary.database.username", "")),
                        blankAsNull(source.text("cartulary.database.password", "")),
                        (int) source.number("cartulary.database.pool-size", 16, 4, 200)),
                mode(source.text("cartulary.answer.mode", "quote")),
                unsupported(source.text("cartulary.answer.unsupported", "mark")),
                (int) source.number("cartulary.answer.max-tokens", 256, 16, 4_096),
                Duration.ofSeconds(source.number("cartulary.answer.deadline-seconds", 180, 5, 3_600)),
                (int) source.number("cartulary.inference.context-tokens", 2_048, 512, 131_072),
                (int) source.number("cartulary.inference.threads", 0, 0, 256),
                source.number("cartulary.ingest.max-file-bytes", 512L << 20, 1_024, 16L << 30),
                (int) source.number("cartulary.ask.max-question-characters", 4_000, 10, 4_000),
                Duration.ofSeconds(source.number("cartulary.evidence.receipt-patience-seconds", 20, 1, 600)),
                new EvidencePolicy(
                        profile(source.text("cartulary.evidence.profile", "pseudonymous")),
                        source.number("cartulary.evidence.library-megabytes", 0, 0, 1_024) << 20),
                new WitnessSettings(
                        blankAsNull(source.text("cartulary.evidence.witness-policy", "")),
                        Duration.ofMinutes(source.number("cartulary.evidence.witness-every-minutes", 10, 1, 10_080)),
                        Duration.ofHours(source.number("cartulary.evidence.witness-warn-hours", 24, 1, 8_760))),
                new TimestampSettings(
                        blankAsNull(source.text("cartulary.evidence.timestamp-url", "")),
                        blankAsNull(source.text("cartulary.evidence.timestamp-certificate", "")),
                        Duration.ofMinutes(source.number("cartulary.evidence.timestamp-every-minutes", 60, 1, 10_080))),
                new RerankPolicy(
                        (int) source.number("cartulary.search.rerank-passages", 30, 0, RerankPolicy.MAX_CANDIDATES),
                        source.number("cartulary.search.rerank-weight-percent", 50, 0, 100) / 100.0,
                        Duration.ofSeconds(source.number("cartulary.search.rerank-deadline-seconds", 10, 1, 120))),
                Duration.ofMinutes(source.number("cartulary.session.idle-minutes", 30, 1, 1_440)),
                Duration.ofMinutes(source.number("cartulary.session.longest-minutes", 720, 1, 10_080)));
    }

    private static Profile profile(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "pseudonymous" -> Profile.PSEUDONYMOUS;
            case "named" -> Profile.NAMED;
            default ->
                throw new SettingRefused("cartulary.evidence.profile is \"" + text
                        + "\", but only pseudonymous and named are possible.");
        };
    }

    private static AnswerMode mode(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "quote" -> AnswerMode.QUOTE;
            case "generate" -> AnswerMode.GENERATE;
            default ->
                throw new SettingRefused(
                        "cartulary.answer.mode is \"" + text + "\", but only quote and generate are possible.");
        };
    }

    private static Unsupported unsupported(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "mark" -> Unsupported.MARK;
            case "withhold" -> Unsupported.WITHHOLD;
            default ->
                throw new SettingRefused(
                        "cartulary.answer.unsupported is \"" + text + "\", but only mark and withhold are possible.");
        };
    }

    private static @Nullable String blankAsNull(String text) {
        return text.isBlank() ? null : text;
    }
}
