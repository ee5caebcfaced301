package io.waybill.server;

import io.waybill.postgres.Migrations;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.wiring.Backbone;
import io.waybill.server.wiring.DevelopmentSeeding;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code waybill admin}: what an operator does to a database. */
@Command(
    name = "admin",
    description = "Prepares the configured database.",
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
    int applied = Migrations.run(Backbone.database(Settings.quiet()));
    System.out.println("schema is current; " + applied + " steps were applied");
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
