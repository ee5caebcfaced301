package io.waybill.server.command;

import io.waybill.server.logging.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import picocli.CommandLine;

/** A process that does what its command line says, and says what is wrong in a sentence. */
public final class Program {

  /** Netty names its connections by a hardware address, and warns where the machine has none. */
  private static final String MACHINE_ID = "io.netty.machineId";

  private Program() {}

  /**
   * Runs one command to its end; 0 means that it did what it was asked for.
   *
   * @param commands the root of the commands, as picocli reads them
   */
  public static int run(Object commands, String... arguments) {
    if (System.getProperty(MACHINE_ID) == null) {
      byte[] random = new byte[8];
      new SecureRandom().nextBytes(random);
      System.setProperty(MACHINE_ID, HexFormat.ofDelimiter(":").formatHex(random));
    }
    return new CommandLine(commands)
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(Program::explain)
        .execute(arguments);
  }

  /** What a person can do something about is a sentence; only a bug shows where it happened. */
  private static int explain(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult ignored) {
    Trouble.sentence(failure)
        .ifPresentOrElse(
            sentence -> commandLine.getErr().println("waybill: " + sentence),
            () -> commandLine.getErr().println(Redaction.of(trace(failure))));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String trace(Exception failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
