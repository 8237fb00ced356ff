package org.cartulary.appliance.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "groups",
        description = "Groups of persons, services and groups, and the roles that they hold for their members.",
        footer = {
            "",
            "Example: deploy/cartulary groups add nurses",
            "         deploy/cartulary groups put nurses ben",
            "         deploy/cartulary groups role nurses reader"
        })
final class GroupsCommand {
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a group and prints its id.",
            footer = {"", "Example: deploy/cartulary groups add nurses --display-name \"Nurses of ward 3\""})
    int add(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--display-name", description = "For people (default: the name).", defaultValue = "")
                    String displayName) {
        return at.run(console -> {
            ObjectNode wanted =
                    Console.JSON.createObjectNode().put("name", name).put("displayName", displayName);
            Terminal.line(console.post("/api/groups", wanted).path("id").asText());
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists groups.",
            footer = {"", "Example: deploy/cartulary groups list"})
    int list(
            @Mixin ConsoleOptions at,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console -> Listing.print(
                console.all("/api/groups?limit=" + Console.PAGE, "groups", "after"),
                json,
                "groups",
                PeopleCommand::line));
    }

    @Command(
            name = "members",
            mixinStandardHelpOptions = true,
            description = "Lists who is in a group in his own name, or by a group that is in it.",
            footer = {"", "Example: deploy/cartulary groups members nurses"})
    int members(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "NAME", description = "Name or id of the group.") String name,
            @Option(names = "--json", description = "Print one JSON object instead of text.") boolean json) {
        return at.run(console ->
                Listing.print(console.get(path(console, name) + "/members"), json, "members", PeopleCommand::line));
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Puts a person, a service or a group into a group.",
            footer = {
                "",
                "Example: deploy/cartulary groups put nurses ben",
                "         deploy/cartulary groups put staff nurses --group"
            })
    int put(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "GROUP", description = "Name or id of the group.") String group,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.put(member(console, group, whom.idOf(console, who))));
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes a person, a service or a group out of a group.",
            footer = {"", "Example: deploy/cartulary groups remove nurses ben"})
    int remove(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "GROUP", description = "Name or id of the group.") String group,
            @Parameters(paramLabel = "WHO", description = WhoOption.NAME) String who,
            @Mixin WhoOption whom) {
        return at.run(console -> console.delete(member(console, group, whom.idOf(console, who))));
    }

    @Command(
            name = "role",
            mixinStandardHelpOptions = true,
            description = "Lets a group hold a role for its members, or takes it back.",
            footer = {
                "",
                "Example: deploy/cartulary groups role nurses reader",
                "         deploy/cartulary groups role nurses reader --take"
            })
    int role(
            @Mixin ConsoleOptions at,
            @Parameters(paramLabel = "GROUP", description = "Name or id of the group.") String group,
            @Parameters(paramLabel = "ROLE", description = "reader or curator.") String role,
            @Option(names = "--take", description = "Take it back.") boolean take) {
        return at.run(console -> console.hold(path(console, group) + "/roles/" + Console.encoded(role), !take));
    }

    private static String path(Console console, String group) {
        return "/api/groups/" + Console.encoded(console.groupIdOf(group));
    }

    private static String member(Console console, String group, String member) {
        return path(console, group) + "/members/" + Console.encoded(member);
    }
}
