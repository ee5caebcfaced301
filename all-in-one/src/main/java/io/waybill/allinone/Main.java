package io.waybill.allinone;

import io.waybill.server.command.Program;
import picocli.CommandLine.Command;

/** The programs that bring their own database, broker and storage. */
@Command(
    name = "waybill",
    description = "Gets big files off machines.",
    subcommands = {UpCommand.class, DemoCommand.class},
    mixinStandardHelpOptions = true)
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Program.run(new Main(), arguments));
  }
}
