package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "quotas",
        description = "How much somebody may ask: by role, and by person or service, whose own limits count instead.",
        footer = {
            "",
            "Example: deploy/cartulary quotas set --role reader --requests-per-minute 60 --questions-per-day 500",
            "         deploy/cartulary quotas set ben --questions-per-day 50",
            "         deploy/cartulary quotas show ben"
        })
final class QuotasCommand {
    private static final String WHO = "Name or id of a person or a service.";
    private static final String ROLE = "A role instead: reader, curator, administrator, compliance-officer, service.";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows the limits of a role, or those of somebody and what counts for him.",
            footer = {
                "",
                "Example: deploy/cartulary quotas show --role reader",
                "         deploy/cartulary quotas show ben"
            })
    int show(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "WHO", arity = "0..1", description = WHO) @Nullable String who,
            @Option(names = "--role", description = ROLE) @Nullable String role,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        requireOne("show", who, role);
        return at.run(console -> {
            JsonNode limits = console.get(path(console, who, role));
            if (json) {
                Terminal.line(limits.toString());
            } else if (role != null) {
                Terminal.line(text(limits));
            } else {
                Terminal.line("Own:     " + (limits.path("own").isNull() ? "none" : text(limits.path("own"))));
                Terminal.line("Counts:  " + text(limits.path("counting")));
            }
        });
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Sets the limits of a role, or somebody's own. What is not given, is not limited.",
            footer = {
                "",
                "Example: deploy/cartulary quotas set --role reader --requests-per-minute 60 --questions-per-day 500",
                "         deploy/cartulary quotas set ben --questions-per-day 50"
            })
    int set(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "WHO", arity = "0..1", description = WHO) @Nullable String who,
            @Option(names = "--role", description = ROLE) @Nullable String role,
            @Option(names = "--requests-per-minute", description = "Of every kind.") @Nullable Integer perMinute,
            @Option(names = "--questions-per-day", description = "That show document text or model output.") @Nullable
                    Integer perDay) {
        requireOne("set", who, role);
        ObjectNode limits = Console.JSON
                .createObjectNode()
                .put("requestsPerMinute", perMinute)
                .put("questionsPerDay", perDay);
        return at.run(console -> console.put(path(console, who, role), limits));
    }

    @Command(
            name = "unset",
            mixinStandardHelpOptions = true,
            description = "Takes somebody's own limits back, so that his roles say how much.",
            footer = {"", "Example: deploy/cartulary quotas unset ben"})
    int unset(@Mixin ConsoleOptions at, @Parameters(paramLabel = "WHO", description = WHO) String who) {
        return at.run(console -> console.delete(path(console, who, null)));
    }

    private void requireOne(String command, @Nullable String who, @Nullable String role) {
        if ((who == null) == (role == null)) {
            throw new ParameterException(spec.subcommands().get(command), "Name either somebody or a --role.");
        }
    }

    private static String path(Console console, @Nullable String who, @Nullable String role) {
        return who == null
                ? "/api/quotas/roles/" + Console.encoded(String.valueOf(role))
                : "/api/quotas/people/" + Console.encoded(console.idOf(who));
    }

    private static String text(JsonNode limits) {
        return "requests of a minute: " + limit(limits.path("requestsPerMinute")) + "; questions of a day: "
                + limit(limits.path("questionsPerDay"));
    }

    private static String limit(JsonNode limit) {
        return limit.isNull() ? "no limit" : limit.asText();
    }
}
