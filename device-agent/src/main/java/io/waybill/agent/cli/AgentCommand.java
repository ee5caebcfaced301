package io.waybill.agent.cli;

import io.waybill.agent.upload.UploadListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line as a whole. */
@Command(
    name = "waybill-agent",
    mixinStandardHelpOptions = true,
    version = "waybill-agent 0.1.0",
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
      "  waybill-agent upload front_camera.mcap           upload a file, over MQTT",
      "  waybill-agent upload /data/run-42/*.mcap --task-name run-42 --wait",
      "  waybill-agent upload run.mcap --api-url https://waybill.example --api-key KEY",
      "  waybill-agent resume                             take up whatever was interrupted",
      "  waybill-agent status                             what is done, under way, in the way",
      "",
      "Configuration (environment)",
      "  WAYBILL_MQTT_HOST, WAYBILL_MQTT_PORT, WAYBILL_MQTT_TLS    the broker (127.0.0.1, 11883)",
      "  WAYBILL_TENANT_ID, WAYBILL_PROJECT_ID                     where uploads belong",
      "  WAYBILL_DEVICE_ID, WAYBILL_DEVICE_CREDENTIAL              who this machine is",
      "  WAYBILL_API_URL, WAYBILL_API_KEY                          the API, when HTTP is chosen,",
      "                                                            or while MQTT is blocked",
      "  WAYBILL_AGENT_TRANSPORT                                   mqtt (default) or http",
      "  WAYBILL_AGENT_STATE_DIR                                   ~/.local/state/waybill-agent",
      "  WAYBILL_CA_FILE                                           PEM of the authorities to trust",
      "",
      "Exit codes",
      "  0 done   2 usage   3 server not reachable (the upload is kept)   4 refused by the server",
      "  5 the local file changed"
    })
public final class AgentCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  private AgentCommand() {}

  /** Runs one command line and answers its exit code. */
  public static int run(
      String[] args, Terminal terminal, Map<String, String> env, UploadListener listener) {
    Context context = new Context(terminal, new Configuration(env), listener);
    CommandLine line =
        new CommandLine(new AgentCommand())
            .addSubcommand(new UploadCommand(context))
            .addSubcommand(new ResumeCommand(context))
            .addSubcommand(new StatusCommand(context))
            .addSubcommand(new PauseCommand(context))
            .addSubcommand(new ResumeSessionCommand(context))
            .addSubcommand(new AbortCommand(context))
            .addSubcommand(new CommandLine.HelpCommand());
    PrintWriter err = new PrintWriter(terminal.err(), true, terminal.err().charset());
    line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset())).setErr(err);
    line.setUsageHelpWidth(100);
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      if (failure instanceof UsageException usage) {
        err.println("waybill-agent: " + usage.getMessage());
        return ExitCode.USAGE.code();
      }
      if (failure instanceof IOException disk) {
        err.println("waybill-agent: the disk does not let us work: " + disk);
        return ExitCode.USAGE.code();
      }
      throw failure;
    });
    return line.execute(args);
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "say what to do: one of the commands below");
    }
  }
}
