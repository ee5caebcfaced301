package io.waybill.agent.cli;

import io.waybill.agent.config.ConfigException;
import io.waybill.agent.config.Key;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.upload.UploadListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
    name = "waybill-agent", // as which it was called is set below
    mixinStandardHelpOptions = true,
    version = "waybill-agent " + Program.VERSION,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "",
      "Gets big files off this machine: the server says where each part may go, the parts go"
          + " straight to object storage, and whatever breaks on the way is taken up again.",
      "",
      "With nothing configured it talks to the stack of ./waybill up on this machine, as robot-17.",
      ""
    },
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} upload front_camera.mcap           upload a file, over MQTT",
      "  ${ROOT-COMMAND-NAME} upload /data/run-42/*.mcap --task-name run-42 --wait",
      "  ${ROOT-COMMAND-NAME} upload run.mcap --api-url https://waybill.example --api-key KEY",
      "  ${ROOT-COMMAND-NAME} resume                             take up whatever was interrupted",
      "  ${ROOT-COMMAND-NAME} status                             what is done, under way, in the way",
      "  ${ROOT-COMMAND-NAME} ls --api-key KEY                   what is on the server",
      "  ${ROOT-COMMAND-NAME} download DATASET --api-key KEY     bring it to this machine",
      "",
      "Configuration (environment); docs/device-agent.md has all of it",
      "  WAYBILL_MQTT_HOST, WAYBILL_MQTT_PORT, WAYBILL_MQTT_TLS    the broker (127.0.0.1, 11883)",
      "  WAYBILL_TENANT_ID, WAYBILL_PROJECT_ID                     where uploads belong",
      "  WAYBILL_DEVICE_ID, WAYBILL_DEVICE_CREDENTIAL              who this machine is",
      "  WAYBILL_API_URL, WAYBILL_API_KEY                          the API, when HTTP is chosen,",
      "                                                            or while MQTT is blocked",
      "  WAYBILL_AGENT_TRANSPORT                                   mqtt (default) or http",
      "  WAYBILL_AGENT_STATE_DIR                                   ~/.local/state/waybill-agent",
      "  WAYBILL_CA_FILE                                           PEM of the authorities to trust",
      "  WAYBILL_AGENT_CONFIG                                      a YAML file with all of that",
      "",
      "Exit codes",
      "  0 done   2 usage, or a file or the state directory cannot be used",
      "  3 server not reachable, or paused (the upload is kept)   4 refused by the server",
      "  5 the local file changed   130, 143 interrupted (the upload is kept)"
    })
public final class AgentCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  private AgentCommand() {}

  /** Runs one command line and answers its exit code. */
  public static int run(
      String[] args, Terminal terminal, Map<String, String> env, UploadListener listener) {
    Interruption end = new Interruption(terminal);
    Configuration configuration = new Configuration(env);
    CommandLine line =
        commands(new Context(terminal, configuration, listener, end))
            .setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()))
            .setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()))
            .setUsageHelpWidth(100)
            .setParameterExceptionHandler((mistake, words) -> mistaken(mistake, terminal))
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> failed(failure, terminal, configuration));
    int code = line.execute(args);
    end.over();
    return code;
  }

  /** Every command and option, for what describes them: the manual and the shell. Runs nothing. */
  public static CommandLine described() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Terminal terminal = new Terminal(nowhere, nowhere, false, false);
    Configuration nothing = new Configuration(Map.of());
    return commands(new Context(terminal, nothing, step -> {}, new Interruption(terminal)));
  }

  private static CommandLine commands(Context context) {
    return new CommandLine(new AgentCommand())
        .addSubcommand(new RunCommand(context))
        .addSubcommand(new UploadCommand(context))
        .addSubcommand(new ResumeCommand(context))
        .addSubcommand(new StatusCommand(context))
        .addSubcommand(new PauseCommand(context))
        .addSubcommand(new ResumeSessionCommand(context))
        .addSubcommand(new AbortCommand(context))
        .addSubcommand(new QueueCommand(context))
        .addSubcommand(new RetryCommand(context))
        .addSubcommand(new ForgetCommand(context))
        .addSubcommand(new DoctorCommand(context))
        .addSubcommand(new ProvisionCommand(context))
        .addSubcommand(new LsCommand(context))
        .addSubcommand(new DownloadCommand(context))
        .addSubcommand(new CommandLine.HelpCommand())
        .setCommandName(Program.NAME);
  }

  private static int mistaken(CommandLine.ParameterException mistake, Terminal terminal) {
    CommandLine command = mistake.getCommandLine();
    terminal.say(String.valueOf(mistake.getMessage()));
    terminal.say("see: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.code();
  }

  /** The one place where trouble becomes a sentence and an exit code. */
  private static int failed(Exception failure, Terminal terminal, Configuration configuration) {
    return switch (failure) {
      case UsageException usage -> {
        terminal.say(String.valueOf(usage.getMessage()));
        yield ExitCode.USAGE.code();
      }
      case ConfigException setting -> {
        terminal.say(String.valueOf(setting.getMessage()));
        yield ExitCode.USAGE.code();
      }
      case IOException disk -> {
        terminal.say(
            "the disk does not let us work: "
                + DiskTrouble.words(disk)
                + "; the state directory is "
                + LocalPath.text(configuration.stateDirectory())
                + " ("
                + Key.STATE_DIR.env()
                + ")");
        yield ExitCode.USAGE.code();
      }
      case InterruptedException interrupted -> ExitCode.INTERRUPTED.code();
      default -> {
        terminal.bug(failure);
        yield ExitCode.BUG.code();
      }
    };
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "say what to do: upload, resume, status, pause, resume-session, abort, forget,"
              + " doctor, provision, ls or download");
    }
  }
}
