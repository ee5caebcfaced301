package io.waybill.server;

import io.waybill.core.Outage;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.device.BrokerAccount;
import io.waybill.core.device.usecase.ReadBrokerAccounts;
import io.waybill.server.broker.EmqxKicks;
import io.waybill.server.broker.MosquittoFiles;
import io.waybill.server.broker.MosquittoFiles.Named;
import io.waybill.server.broker.MosquittoSync;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.wiring.Backbone;
import io.waybill.server.wiring.BrokerUser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waybill admin broker sync}: a broker that is kept up to date. */
@Command(
    name = "sync",
    description = "Keeps a broker as the registry says, until it is stopped.",
    mixinStandardHelpOptions = true)
final class BrokerSyncCommand implements Runnable {

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** How often. */
  static final class Pace {
    @Option(
        names = "--every-seconds",
        defaultValue = "2",
        description = "how often the registry is read (${DEFAULT-VALUE})")
    private int everySeconds;

    @Option(
        names = "--check-seconds",
        defaultValue = "60",
        description = "how often the broker is read although nothing is new (${DEFAULT-VALUE})")
    private int checkSeconds;
  }

  /** As whom, at Mosquitto. */
  static final class Provisioner {
    @Option(
        names = "--provisioner",
        defaultValue = "waybill-provisioner",
        description = "the user that dynamic security obeys (${DEFAULT-VALUE})")
    private String user = "";

    @Option(
        names = "--provisioner-password-file",
        required = true,
        description = "a file that holds its password")
    private Path passwordFile = Path.of("");

    @Option(
        names = "--reload",
        defaultValue = "systemctl reload mosquitto",
        description = "the command that has the broker read its files (${DEFAULT-VALUE})")
    private String reload = "";
  }

  @Command(
      name = "mosquitto",
      description =
          "Writes the password file and has dynamic security hold every device that may act, and"
              + " the gateways, each with its topics. Whoever is disabled, revoked or at the end"
              + " of its credential is disconnected. Runs beside the broker.",
      mixinStandardHelpOptions = true)
  void mosquitto(
      @Mixin BrokerCommand.Target target, @Mixin Provisioner provisioner, @Mixin Pace pace)
      throws IOException {
    Configuration configuration = Settings.quiet();
    String password = Files.readString(provisioner.passwordFile).strip();
    List<Named> named = new ArrayList<>(target.named(configuration));
    named.add(Named.of(provisioner.user, password, false));
    String group = configuration.text(MqttSetting.SHARE_GROUP);
    MosquittoSync sync =
        new MosquittoSync(
            new MosquittoFiles(BrokerCommand.topics(configuration), target.output, named),
            BrokerUser.of(configuration, provisioner.user, password),
            new MosquittoSync.Gateways(
                target.gateways(configuration),
                BrokerCommand.topics(configuration),
                group.equals("none") ? null : group),
            provisioner.reload);
    rounds(
        configuration,
        pace,
        accounts -> {
          MosquittoSync.Round round = sync.round(accounts);
          if (round.orders() > 0 || round.written().isNew()) {
            System.out.printf(
                "%d devices; dynamic security was given %d orders%n",
                round.written().devices(), round.orders());
            BrokerCommand.warn(round.written());
          }
        });
  }

  @Command(
      name = "emqx",
      description =
          "Ends the connections of devices that are disabled, revoked or at the end of their"
              + " credential: EMQX asks control-api when they come, and not while they are there.",
      mixinStandardHelpOptions = true)
  void emqx(
      @Option(
              names = "--emqx-url",
              defaultValue = "http://127.0.0.1:18083",
              description = "EMQX's HTTP API (${DEFAULT-VALUE})")
          URI api,
      @Option(
              names = "--emqx-key-file",
              required = true,
              description = "a file that holds an API key of it and its secret, as KEY:SECRET")
          Path keyFile,
      @Mixin Pace pace)
      throws IOException {
    Configuration configuration = Settings.quiet();
    try (EmqxKicks kicks = new EmqxKicks(api, Files.readString(keyFile).strip())) {
      rounds(
          configuration,
          pace,
          accounts -> {
            int kicked = kicks.round(accounts);
            if (kicked > 0) {
              System.out.println(kicked + " connections were ended");
            }
          });
    }
  }

  private static void rounds(Configuration configuration, Pace pace, Round round) {
    try (Backbone backbone = Backbone.patient(configuration)) {
      ReadBrokerAccounts accounts = backbone.useCases().devices().readBrokerAccounts();
      new Rounds(round, accounts, Duration.ofSeconds(pace.checkSeconds))
          .every(Duration.ofSeconds(pace.everySeconds));
    }
  }

  /** Brings a broker up to date. */
  @FunctionalInterface
  private interface Round {
    void with(List<BrokerAccount> accounts) throws IOException, InterruptedException;
  }

  /** One after the other; whatever is in the way is told, and tried again. */
  private static final class Rounds {
    /** By then no process takes a secret any more that was ended before. */
    private static final Duration FORGOTTEN = Authenticate.LONGEST_CACHE.plusSeconds(1);

    private final Round round;
    private final ReadBrokerAccounts accounts;
    private final Duration check;
    private @Nullable List<BrokerAccount> done;
    private boolean isNew;
    private long checkedAt;

    Rounds(Round round, ReadBrokerAccounts accounts, Duration check) {
      this.round = round;
      this.accounts = accounts;
      this.check = check;
    }

    void every(Duration period) {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          next();
        } catch (IOException | Outage e) {
          done = null;
          System.err.println(
              "waybill: tried again in " + period.toSeconds() + " s: " + e.getMessage());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        LockSupport.parkNanos(period.toNanos());
      }
    }

    private void next() throws IOException, InterruptedException {
      List<BrokerAccount> now = new ArrayList<>();
      accounts.handle(now::add);
      boolean isChanged = !now.equals(done);
      Duration pause = isNew ? FORGOTTEN : check;
      if (isChanged || System.nanoTime() - checkedAt >= pause.toNanos()) {
        round.with(now);
        done = now;
        isNew = isChanged;
        checkedAt = System.nanoTime();
      }
    }
  }
}
