package io.waybill.acceptance.site;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What {@code waybill admin broker export mosquitto} writes for the devices of a site. */
public final class BrokerFiles {
  /** The second gateway that may connect; the first is {@code waybill-gateway}. */
  public static final String SECOND_GATEWAY = "waybill-gateway-2";

  private BrokerFiles() {}

  /** The command, under way, for two gateways; a password file and an access list come of it. */
  public static Program export(Site site, Path files, String... more) {
    Path log = files.resolveSibling("export-" + UUID.randomUUID() + ".log");
    List<String> arguments =
        Stream.concat(
                Stream.of(
                    "admin",
                    "broker",
                    "export",
                    "mosquitto",
                    "--output",
                    files.toString(),
                    "--gateway",
                    "waybill-gateway",
                    "--gateway",
                    SECOND_GATEWAY),
                Stream.of(more))
            .toList();
    return Program.start(log, site.environment(), "-Xmx128m", "io.waybill.server.Main", arguments);
  }
}
