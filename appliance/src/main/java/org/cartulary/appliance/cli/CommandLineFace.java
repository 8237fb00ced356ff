package org.cartulary.appliance.cli;

import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands, and what their failures look like: one sentence on standard error and an exit code. */
@Command(
        name = "cartulary",
        description = "An air-gapped RAG appliance whose every answer leaves a receipt.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            IngestCommand.class,
            SearchCommand.class,
            AskCommand.class,
            EvalCommand.class,
            CalibrateCommand.class,
            CalibrationsCommand.class,
            BenchCommand.class,
            AuditCommand.class,
            ModelsCommand.class,
            IndexCommand.class,
            PeopleCommand.class,
            KeysCommand.class,
            GroupsCommand.class,
            GrantsCommand.class,
            LabelsCommand.class,
            LevelsCommand.class,
            RulesCommand.class,
            SynonymsCommand.class,
            MarkCommand.class,
            DocumentsCommand.class,
            PurposesCommand.class,
            QuotasCommand.class,
            RightsCommand.class,
            EmergenciesCommand.class,
            ActsCommand.class,
            EscrowCommand.class,
            HoldsCommand.class,
            RetentionCommand.class,
            RestoreCommand.class,
            SetupCommand.class
        },
        footer = {"", "Example: deploy/cartulary ask \"Who may visit after 8 pm?\" --collection ward"})
public final class CommandLineFace {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    private CommandLineFace() {}

    /** Runs one command. Returns 0 for success, 1 for failure, 2 for wrong use. */
    public static int run(String... arguments) {
        Logging.prepare(arguments);
        CommandLine commands = new CommandLine(new CommandLineFace());
        commands.getSubcommands().values().forEach(CommandLineFace::withHelp);
        commands.setOut(Terminal.output());
        commands.setErr(Terminal.error());
        commands.setExecutionExceptionHandler((e, line, parsed) -> report(e));
        if (arguments.length == 0) {
            commands.usage(Terminal.error());
            return WRONG_USE;
        }
        return commands.execute(arguments);
    }

    /** A command that is a method takes its parameters by position, so it must bring its help options itself. */
    private static void withHelp(CommandLine command) {
        if (!(command.getCommandSpec().userObject() instanceof Method)) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
        }
        command.getSubcommands().values().forEach(CommandLineFace::withHelp);
    }

    private static int report(Exception e) {
        String message = e.getMessage();
        if (isMeantForPeople(e) && message != null) {
            Terminal.remark("cartulary: " + message);
        } else {
            Terminal.remark("cartulary: this failed and should not have: " + e);
            e.printStackTrace(System.err);
        }
        return FAILED;
    }

    /** Our own exceptions carry a sentence with a remedy. */
    private static boolean isMeantForPeople(Exception e) {
        return e instanceof UncheckedIOException || e.getClass().getName().startsWith("org.cartulary.");
    }
}
