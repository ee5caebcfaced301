package io.waybill.server;

import io.waybill.core.device.usecase.ReadBrokerAccounts;
import io.waybill.server.broker.MosquittoFiles;
import io.waybill.server.broker.MosquittoFiles.Named;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.wiring.Backbone;
import io.waybill.wire.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waybill admin broker}: brokers that keep names and passwords themselves. */
@Command(
    name = "broker",
    description = "Tells brokers who is registered that keep names and passwords themselves.",
    subcommands = {BrokerCommand.Export.class, BrokerSyncCommand.class},
    mixinStandardHelpOptions = true)
final class BrokerCommand implements Runnable {

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** Where a broker's files go, and who is in them beside the devices. */
  static final class Target {
    @Option(
        names = "--output",
        required = true,
        description = "the directory of both files, which the broker's user owns")
    Path output = Path.of("");

    @Option(
        names = "--gateway",
        description =
            "the user of a gateway; may be repeated; WAYBILL_MQTT_USERNAME when not given. All have"
                + " WAYBILL_MQTT_PASSWORD")
    private @Nullable List<String> gateways;

    List<String> gateways(Configuration configuration) {
      return gateways == null ? List.of(configuration.text(MqttSetting.USERNAME)) : gateways;
    }

    List<Named> named(Configuration configuration) {
      String password = configuration.text(MqttSetting.PASSWORD);
      return gateways(configuration).stream().map(name -> Named.of(name, password, true)).toList();
    }
  }

  static Topics topics(Configuration configuration) {
    return new Topics(configuration.text(MqttSetting.TOPIC_PREFIX));
  }

  /** Files for a broker. */
  @Command(
      name = "export",
      description = "Writes a broker's files from the registry.",
      mixinStandardHelpOptions = true)
  static final class Export implements Runnable {

    @Override
    public void run() {
      CommandLine.usage(this, System.out);
    }

    @Command(
        name = "mosquitto",
        description =
            "Writes a password file and an access list: every device that may act, and the"
                + " gateways. Whoever is disabled, revoked or at the end of its credential is not"
                + " in them.",
        mixinStandardHelpOptions = true)
    int mosquitto(
        @Mixin Target target,
        @Option(
                names = "--leave-out",
                description =
                    "write the files without the devices of whose credentials no hash is kept:"
                        + " the broker lets them in no more")
            boolean leavesOut)
        throws IOException {
      Configuration configuration = Settings.quiet();
      try (Backbone backbone = Backbone.patient(configuration)) {
        ReadBrokerAccounts accounts = backbone.useCases().devices().readBrokerAccounts();
        List<Named> named = target.named(configuration);
        MosquittoFiles.Written written =
            new MosquittoFiles(topics(configuration), target.output, named)
                .write(accounts::handle, leavesOut);
        warn(written);
        if (written.leftOut() > 0 && !leavesOut) {
          System.err.println("nothing was written; --leave-out writes without them");
          return 1;
        }
        System.out.printf(
            "%d devices and %d gateways are in %s and %s%n",
            written.devices(),
            named.size(),
            target.output.resolve("passwords"),
            target.output.resolve("acl"));
        System.out.println(
            "the broker reads them again on SIGHUP: systemctl reload mosquitto, or kill -HUP"
                + " \"$(pidof mosquitto)\"");
        return 0;
      }
    }
  }

  static void warn(MosquittoFiles.Written written) {
    if (written.leftOut() > 0) {
      System.err.printf(
          "%d devices are left out, because of their credentials no hash for brokers is kept;"
              + " rotate them (waybill admin device rotate). The first: %s%n",
          written.leftOut(), written.firstLeftOut());
    }
  }
}
