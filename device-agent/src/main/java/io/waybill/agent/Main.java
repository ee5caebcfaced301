package io.waybill.agent;

import io.waybill.agent.cli.AgentCommand;
import io.waybill.agent.cli.Terminal;
import io.waybill.agent.local.OwnProcess;
import io.waybill.agent.upload.UploadListener;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** {@code waybill-agent}: gets files off this machine. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    boolean attended = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    Terminal terminal =
        new Terminal(stream(FileDescriptor.out), stream(FileDescriptor.err), attended, true);
    // Libraries have their own idea of what is worth a line; what we print is ours alone.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    System.setErr(new PrintStream(OutputStream.nullOutputStream()));
    Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> terminal.bug(bug));
    System.exit(
        AgentCommand.run(
            OwnProcess.arguments(args), terminal, OwnProcess.environment(), step -> {}));
  }

  /** In UTF-8, whatever the locale: names are shown as they are. */
  private static PrintStream stream(FileDescriptor file) {
    return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
  }

  /** The same from another program; answers the exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> env) {
    return run(args, out, err, env, step -> {});
  }

  /** The same, with somebody who hears of every step of every upload. */
  public static int run(
      String[] args,
      PrintStream out,
      PrintStream err,
      Map<String, String> env,
      UploadListener listener) {
    return AgentCommand.run(args, new Terminal(out, err, false, false), env, listener);
  }
}
