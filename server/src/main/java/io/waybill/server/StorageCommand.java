package io.waybill.server;

import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.storage.Capability;
import io.waybill.core.storage.StorageCapabilities;
import io.waybill.server.command.Settings;
import io.waybill.server.logging.Redaction;
import io.waybill.server.wiring.Backbone;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code waybill admin storage}: what an operator asks of the configured stores. */
@Command(
    name = "storage",
    description = "Asks the configured stores.",
    mixinStandardHelpOptions = true)
final class StorageCommand implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "probe",
      description =
          "Tries again what each store does for each bucket, and writes it down: storage policies"
              + " are held against it.",
      mixinStandardHelpOptions = true)
  int probe() {
    try (Backbone backbone = Backbone.open(Settings.quiet(), CommitListener.NONE)) {
      ProbeStorage probing = backbone.probing();
      return probing.places().stream().allMatch(place -> tried(probing, place)) ? 0 : 1;
    }
  }

  private static boolean tried(ProbeStorage probing, Place place) {
    try {
      System.out.println("  ok    " + line(probing.handle(place)));
      return true;
    } catch (Outage outage) {
      System.out.println(
          "  FAIL  %s/%s: %s"
              .formatted(place.endpointRef(), place.bucket(), Redaction.of(outage.what())));
      return false;
    }
  }

  /** What a store was found to do, in one line. */
  static String line(StorageCapabilities known) {
    String found =
        known.found().stream()
            .sorted()
            .map(Capability::name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return "%s/%s does %s"
        .formatted(
            known.endpointRef(),
            known.bucket(),
            found.isEmpty() ? "nothing beyond the usual" : found);
  }
}
