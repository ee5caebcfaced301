package io.waybill.server;

import io.waybill.oidc.SubjectIds;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.wiring.ConfiguredDatabase;
import io.waybill.server.wiring.DevelopmentSeeding;
import java.net.URI;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill admin}: what an operator does to an installation. */
@Command(
    name = "admin",
    description = "What an operator does to an installation.",
    subcommands = {
      AuditCommand.class,
      BrokerCommand.class,
      DeviceCommand.class,
      QuotaCommand.class,
      RecoveryCommand.class,
      StorageCommand.class,
      WorkerJobCommand.class
    },
    mixinStandardHelpOptions = true)
final class AdminCommand implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "migrate",
      description = "Brings the schema to this version; safe to repeat.",
      mixinStandardHelpOptions = true)
  void migrate() {
    Configuration configuration = Settings.quiet();
    OptionalInt later = ConfiguredDatabase.laterSchema(configuration);
    if (later.isPresent()) {
      System.out.printf(
          "the schema is of a later version of Waybill (migration %d): nothing was changed. This"
              + " version works with it only as during an upgrade from the version just before.%n",
          later.getAsInt());
      return;
    }
    int applied =
        ConfiguredDatabase.migrate(configuration, configuration.text(DatabaseSetting.SERVICE_USER));
    System.out.println("schema is current; " + applied + " steps were applied");
  }

  @Command(
      name = "subject-id",
      description = "The id by which grants name a person or a group of an OpenID Connect issuer.",
      mixinStandardHelpOptions = true)
  void subjectId(
      @Option(names = "--issuer", required = true, description = "as in WAYBILL_OIDC_ISSUER")
          URI issuer,
      @ArgGroup(exclusive = true, multiplicity = "1") Named named) {
    System.out.println(
        named.user == null
            ? SubjectIds.of(issuer, "group", named.group)
            : SubjectIds.of(issuer, "user", named.user));
  }

  /** Who is meant, as the issuer's tokens call them. */
  static final class Named {
    @Option(names = "--user", description = "a person, as in the subject claim")
    @Nullable String user;

    @Option(names = "--group", description = "a group, as in the groups claim")
    String group = "";
  }

  @Command(
      name = "seed",
      description = "Loads the development identities; never into production.",
      mixinStandardHelpOptions = true)
  void seed() {
    Configuration configuration = Settings.quiet();
    DevelopmentSeeding.load(configuration);
    System.out.println("the development identities are in place");
  }
}
