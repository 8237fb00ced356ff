package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "people",
        description = "Who there is, and which roles they hold.",
        footer = {
            "",
            "Example: deploy/cartulary people first --administrator ada --officer olga",
            "         deploy/cartulary people add ben --role reader --role curator",
            "         deploy/cartulary people add chatbot --service --role service",
            "         deploy/cartulary people disable ben"
        })
final class PeopleCommand implements Callable<Integer> {
    private static final String SECOND_FACTOR = "/api/second-factor";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: first, add, list, invite, disable, and so on.");
    }

    @Command(
            name = "first",
            mixinStandardHelpOptions = true,
            description = {
                "Names the first administrator and the first compliance officer, once, and prints a link for each by which",
                "they choose a password. They must be two people: the one runs the system, the other watches."
            },
            footer = {"", "Example: deploy/cartulary people first --administrator ada --officer olga"})
    int first(
            @Mixin ConsoleOptions at,
            @Option(names = "--administrator", required = true, description = "Name to sign in with.")
                    String administrator,
            @Option(names = "--officer", required = true, description = "Name to sign in with.") String officer) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("administrator", administrator)
                    .put("officer", officer);
            JsonNode first = console.post("/api/people/first", wanted);
            Terminal.line(
                    "Hand each link to its person, behind the address at which browsers find the appliance; it works once, for three days.");
            Terminal.line(administrator + " (administrator): " + link(first.path("administratorInvitation")));
            Terminal.line(officer + " (compliance officer): " + link(first.path("officerInvitation")));
        });
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a person and prints the link by which he chooses a password; or adds a service.",
            footer = {"", "Example: deploy/cartulary people add ben --role reader"})
    int add(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME", description = "To sign in with.") String name,
            @Option(names = "--display-name", description = "For people (default: the name).", defaultValue = "")
                    String displayName,
            @Option(names = "--service", description = "A program, which gets keys instead of a password.")
                    boolean service,
            @Option(names = "--role", description = "reader, curator, administrator or service. May be given again.")
                    List<String> roles) {
        return at.run(console -> {
            ObjectNode wanted = Console.JSON
                    .createObjectNode()
                    .put("name", name)
                    .put("displayName", displayName)
                    .put("kind", service ? "service" : "person");
            wanted.set("roles", Console.JSON.valueToTree(roles == null ? List.of() : roles));
            JsonNode added = console.post("/api/people", wanted);
            Terminal.line(added.path("person").path("id").asText());
            if (!service) {
                Terminal.line(
                        "Hand on this link, behind the address at which browsers find the appliance; it works once, for three days: "
                                + link(added.path("invitation")));
            }
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists persons and services.",
            footer = {"", "Example: deploy/cartulary people list"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            ObjectNode all = Console.JSON.createObjectNode();
            for (String kind : List.of("person", "service")) {
                console.all("/api/people?limit=" + Console.PAGE + "&kind=" + kind, "people", "after")
                        .path("people")
                        .forEach(all.withArray("people")::add);
            }
            Listing.print(all, json, "people", PeopleCommand::line);
        });
    }

    @Command(
            name = "invite",
            mixinStandardHelpOptions = true,
            description = "Prints a new link by which a person chooses a password; for whoever lost the old one.",
            footer = {"", "Example: deploy/cartulary people invite ben"})
    int invite(@Mixin ConsoleOptions at, @Parameters(paramLabel = "NAME") String name) {
        return at.run(console -> {
            JsonNode invitation = console.post(path(console, name) + "/invitation", Console.JSON.createObjectNode());
            Terminal.line(
                    "Hand on this link, behind the address at which browsers find the appliance; it works once, for three days: "
                            + link(invitation.path("invitation")));
        });
    }

    @Command(
            name = "role",
            mixinStandardHelpOptions = true,
            description = "Gives a role to a person or a service, or takes it back.",
            footer = {
                "",
                "Example: deploy/cartulary people role ben curator",
                "         deploy/cartulary people role ben curator --take"
            })
    int role(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ROLE", description = "reader, curator, administrator or service.") String role,
            @Option(names = "--take", description = "Take it back.") boolean take) {
        return at.run(console -> console.hold(path(console, name) + "/roles/" + Console.encoded(role), !take));
    }

    @Command(
            name = "second-factor",
            mixinStandardHelpOptions = true,
            description = {
                "Shows or sets the roles that do not count for a person until he has set up a second factor.",
                "administrator and compliance-officer are always among them."
            },
            footer = {
                "",
                "Example: deploy/cartulary people second-factor",
                "         deploy/cartulary people second-factor --roles administrator,compliance-officer,curator"
            })
    int secondFactor(
            @Mixin ConsoleOptions at,
            @Option(names = "--roles", split = ",", description = "All that are to want one, with commas.") @Nullable
                    List<String> roles,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> {
            if (roles != null) {
                ObjectNode wanted = Console.JSON.createObjectNode();
                wanted.set("roles", Console.JSON.valueToTree(roles));
                console.put(SECOND_FACTOR, wanted);
            }
            Listing.print(console.get(SECOND_FACTOR), json, "roles", JsonNode::asText);
        });
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description =
                    "Takes every right from somebody and ends his sessions. Nobody is deleted, so that evidence keeps its meaning.",
            footer = {"", "Example: deploy/cartulary people disable ben"})
    int disable(@Mixin ConsoleOptions at, @Parameters(paramLabel = "NAME") String name) {
        return act(at, name, "/disable");
    }

    @Command(
            name = "enable",
            mixinStandardHelpOptions = true,
            description = "Gives somebody who was disabled his rights back.",
            footer = {"", "Example: deploy/cartulary people enable ben"})
    int enable(@Mixin ConsoleOptions at, @Parameters(paramLabel = "NAME") String name) {
        return act(at, name, "/enable");
    }

    @Command(
            name = "sign-out",
            mixinStandardHelpOptions = true,
            description = "Ends every session of somebody.",
            footer = {"", "Example: deploy/cartulary people sign-out ben"})
    int signOut(@Mixin ConsoleOptions at, @Parameters(paramLabel = "NAME") String name) {
        return act(at, name, "/sign-out");
    }

    private static int act(ConsoleOptions at, String name, String act) {
        return at.run(console -> console.postForNothing(path(console, name) + act));
    }

    /** The route of somebody, by name or id. */
    static String path(Console console, String name) {
        return "/api/people/" + Console.encoded(console.idOf(name));
    }

    /** A person, a service or a group. */
    static String line(JsonNode person) {
        return "%-24s %-8s %s%s  %s"
                .formatted(
                        person.path("name").asText(),
                        person.path("kind").asText(),
                        Listing.joined(person.path("roles")),
                        person.path("disabled").asBoolean() ? "  (disabled)" : "",
                        person.path("id").asText());
    }

    private static String link(JsonNode token) {
        return "/invitation/" + token.asText();
    }
}
