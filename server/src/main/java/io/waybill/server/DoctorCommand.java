package io.waybill.server;

import io.waybill.core.Outage;
import io.waybill.core.app.CommitListener;
import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.server.command.ReadyPage;
import io.waybill.server.command.Settings;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.GatewaySetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import io.waybill.server.logging.Redaction;
import io.waybill.server.wiring.Backbone;
import io.waybill.server.wiring.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code waybill doctor}: asks every configured part and says what to do about the silent ones. */
@Command(
    name = "doctor",
    description = "Checks the configured installation part by part.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int TRIES = 3;
  private static final Duration SOON = Duration.ofDays(30);

  private int troubles;

  @Override
  public Integer call() {
    Configuration configuration = Settings.quiet();
    try (Backbone backbone = Backbone.open(configuration, CommitListener.NONE)) {
      check(
          "database " + configuration.text(DatabaseSetting.URL).replaceFirst("\\?.*", ""),
          backbone::checkDatabase,
          "is it running (./waybill up), are WAYBILL_DATABASE_URL, _USER and _PASSWORD right, and"
              + " was ./waybill admin migrate run?");
      check(
          "storage  " + configuration.text(StorageSetting.ENDPOINT),
          () -> patiently(backbone::checkStorage),
          "is it running, are WAYBILL_STORAGE_ACCESS_KEY and _SECRET_KEY right, and is there a"
              + " bucket "
              + configuration.text(StorageSetting.BUCKET)
              + "?");
      check(
          "signed URLs for " + backbone.ports().signer().publicEndpoint(Backbone.ENDPOINT_REF),
          new StoreTrial(
                  backbone.ports(),
                  Backbone.ENDPOINT_REF,
                  configuration.text(StorageSetting.BUCKET))
              ::run,
          "is WAYBILL_STORAGE_PUBLIC_ENDPOINT the address at which devices reach the same store,"
              + " under exactly that name, is WAYBILL_STORAGE_REGION right, and is this clock?");
      capabilities(backbone.probing());
    }
    certificates(new Certificates(configuration));
    listens("broker   ", configuration, MqttSetting.HOST, MqttSetting.PORT);
    ready("API      ", configuration, HttpSetting.HOST, HttpSetting.PORT);
    ready("gateway  ", configuration, GatewaySetting.HTTP_HOST, GatewaySetting.HTTP_PORT);
    if (!configuration.flag(WorkerSetting.ENABLED)) {
      ready("worker   ", configuration, WorkerSetting.HTTP_HOST, WorkerSetting.HTTP_PORT);
    }
    return troubles == 0 ? 0 : 1;
  }

  /** Tried again, because a store may have been set up otherwise since. */
  private void capabilities(ProbeStorage probing) {
    for (Place place : probing.places()) {
      String name = place.endpointRef() + "/" + place.bucket();
      check(
          "capabilities of " + name,
          () -> System.out.println("        " + StorageCommand.line(probing.handle(place))),
          "is there such a bucket, and may our key make and delete objects under waybill-probe/ in"
              + " it?");
    }
  }

  private void certificates(Certificates shown) {
    for (Certificates.Place place : shown.places()) {
      check(
          "certificate of " + place,
          () -> System.out.println("        " + untilItEnds(shown.end(place), Instant.now())),
          "docs/operations/runbooks.md, Certificate expiry, says who has to know of a new one");
    }
  }

  static String untilItEnds(Instant end, Instant now) {
    return end.isBefore(now.plus(SOON))
        ? "WARNING: it ends soon, at " + end + "; renew it before then"
        : "it is good until " + end;
  }

  private void listens(String what, Configuration configuration, Setting host, Setting port) {
    check(
        what + configuration.text(host) + ":" + configuration.text(port),
        () -> connect(configuration.text(host), configuration.port(port)),
        "nothing listens there: start it, or correct %s and %s"
            .formatted(host.variable(), port.variable()));
  }

  private void ready(String what, Configuration configuration, Setting host, Setting port) {
    check(
        what + configuration.text(host) + ":" + configuration.text(port),
        () -> requireReady(ReadyPage.of(configuration, host, port)),
        "start it, mend what it names, or correct %s and %s"
            .formatted(host.variable(), port.variable()));
  }

  private static void requireReady(ReadyPage page) {
    List<String> down =
        page.down().orElseThrow(() -> new IllegalStateException("nothing of ours answers there"));
    if (!down.isEmpty()) {
      throw new IllegalStateException(
          "it runs and is not ready: it does not reach " + String.join(" and ", down));
    }
  }

  private void check(String what, Runnable ask, String remedy) {
    try {
      ask.run();
      System.out.println("  ok    " + what);
    } catch (RuntimeException e) {
      troubles++;
      System.out.println("  FAIL  " + what + ": " + Redaction.of("" + e.getMessage()));
      System.out.println("        " + remedy);
    }
  }

  /** The first call of a fresh process takes longer than readiness gives it. */
  private static void patiently(Runnable ask) {
    for (int left = TRIES - 1; left > 0; left--) {
      try {
        ask.run();
        return;
      } catch (Outage notYet) {
        // asked again, and the last answer counts
      }
    }
    ask.run();
  }

  private static void connect(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getAllByName(host)[0], port), PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
