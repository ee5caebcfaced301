package io.waybill.server;

import io.waybill.server.command.Program;
import picocli.CommandLine.Command;

/** The programs that production runs, and what an operator asks of them. */
@Command(
    name = "waybill",
    description = "Gets big files off machines.",
    subcommands = {
      ControlApiCommand.class,
      GatewayCommand.class,
      WorkerCommand.class,
      AdminCommand.class,
      DoctorCommand.class
    },
    mixinStandardHelpOptions = true)
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Program.run(new Main(), arguments));
  }
}
