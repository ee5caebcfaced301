package io.waybill.agent.cli;

import io.waybill.agent.command.Obedience;
import io.waybill.agent.command.Roots;
import io.waybill.agent.config.Key;
import io.waybill.agent.config.Limits;
import io.waybill.agent.config.Settings;
import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.control.CommandRoad;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Patience;
import io.waybill.agent.credential.Credentials;
import io.waybill.agent.daemon.Daemon;
import io.waybill.agent.daemon.Metered;
import io.waybill.agent.daemon.Setup;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.spool.SpoolLock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code run}: the daemon. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    descriptionHeading = "%n",
    description = {
      "Watches directories and uploads what is new and whole, until it is stopped.",
      "The directories are those of watch: in the configuration file. Uploads that were begun"
          + " by hand are taken up, too. It may be killed at any moment: nothing is lost."
    },
    optionListHeading = "%n",
    footer = {
      "",
      "Examples",
      "  ${ROOT-COMMAND-NAME} run",
      "  WAYBILL_AGENT_WATCH='[{directory: /data}]' ${ROOT-COMMAND-NAME} run"
    })
final class RunCommand implements Callable<Integer> {

  /** While the server is away, all wait; while it has no time for one upload, others go on. */
  private static final Patience PATIENCE =
      new Patience(Patience.ENDLESS.unreachable(), Duration.ofMinutes(1));

  private static final Duration LOOKING_AT_NETWORK = Duration.ofSeconds(5);

  private final Context context;
  @Mixin private ServerOptions server = new ServerOptions();

  RunCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Configuration configuration = context.configuration();
    server.check(configuration);
    List<WatchEntry> watch = configuration.settings().watch();
    PinnedKeys keys = PinnedKeys.of(configuration.settings());
    checkRemovals(watch, keys);
    Limits limits = Limits.of(configuration.settings());
    Spool spool = context.spool();
    Optional<SpoolLock> free = spool.lockForDaemon();
    if (free.isEmpty()) {
      throw new UsageException(
          "another "
              + Program.NAME
              + " run works on the state directory "
              + spool.shown()
              + "; one is enough, or give each a state_dir of its own");
    }
    CommandRoad road = new CommandRoad();
    context.end().working("nothing is lost; what was under way goes on at the next start");
    try (SpoolLock _ = free.get();
        ControlPlane plane =
            server.openToStay(configuration, PATIENCE, new Voice(context.terminal()), road);
        Daemon daemon =
            new Daemon(
                new Setup(
                    spool,
                    configuration.owner(null),
                    plane,
                    watch,
                    limits,
                    limits.pausesMetered()
                        ? Metered.by(configuration.settings(), LOOKING_AT_NETWORK)
                        : Metered.never(),
                    keys,
                    configuration.caFile(),
                    log(),
                    context.listener(),
                    new Obedience(
                        new Obedience.Place(
                            road,
                            plane,
                            spool,
                            configuration.owner(null),
                            roots(configuration, spool),
                            context::say,
                            context.terminal()::bug))))) {
      context.say("watching " + inWords(watch) + "; the state directory is " + spool.shown());
      daemon.run();
      return ExitCode.DONE.code();
    } finally {
      context.end().resting();
    }
  }

  /** What the agent itself needs is nobody's to ask for, wherever it lies. */
  private static Roots roots(Configuration configuration, Spool spool) {
    Settings settings = configuration.settings();
    return new Roots(
        settings.list(Key.ROOTS).stream().map(Settings::path).toList(),
        Stream.of(
                Stream.of(spool.directory()),
                settings.file().stream(),
                settings.given(Key.CREDENTIAL_FILE).map(Settings::path).stream()
                    .flatMap(file -> Credentials.files(file).stream()))
            .flatMap(files -> files)
            .toList());
  }

  private Setup.Log log() {
    return new Setup.Log() {
      @Override
      public void say(String line) {
        context.say(line);
      }

      @Override
      public void bug(Throwable bug) {
        context.terminal().bug(bug);
      }
    };
  }

  private static void checkRemovals(List<WatchEntry> watch, PinnedKeys keys) {
    for (WatchEntry entry : watch) {
      if (entry.removes() && keys.none()) {
        throw new UsageException(
            "files of "
                + LocalPath.text(entry.directory())
                + " are to go after their upload, which needs a receipt that verifies: name the"
                + " key in receipt.keys (WAYBILL_AGENT_RECEIPT_KEYS); it is at /v1/receipts/keys");
      }
    }
  }

  private static String inWords(List<WatchEntry> watch) {
    return watch.isEmpty()
        ? "no directory"
        : String.join(
            ", ", watch.stream().map(entry -> LocalPath.text(entry.directory())).toList());
  }
}
