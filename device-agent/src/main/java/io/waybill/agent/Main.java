package io.waybill.agent;

import io.waybill.agent.cli.AgentCommand;
import io.waybill.agent.cli.Terminal;
import io.waybill.agent.upload.UploadListener;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/** {@code waybill-agent}: gets files off this machine. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    boolean attended = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    Terminal terminal = new Terminal(System.out, System.err, attended, true);
    System.exit(AgentCommand.run(args, terminal, System.getenv(), step -> {}));
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
