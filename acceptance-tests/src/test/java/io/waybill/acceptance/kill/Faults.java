package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.BrokerFiles;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.LimitSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import io.waybill.testkit.FaultyWire;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What befalls two gateways and what they stand on, as a seed says: in one place or in two at once,
 * for some requests, roughly or gently; then all is mended.
 */
final class Faults implements AutoCloseable {
  /** Devices that are answered say so many within a second, and others within some. */
  private static final int MOST_REQUESTS = 150;

  private static final String MANY = "1000000";
  private static final List<String> NAMES = List.of("waybill-gateway", BrokerFiles.SECOND_GATEWAY);

  /** Mended in this order: a gateway starts on what is well. */
  private enum Place {
    WIRE,
    STORE,
    DATABASE,
    BROKER,
    GATEWAY
  }

  private final Site site;
  private final Mosquitto broker;
  private final MoodyStore store;
  private final Random random;
  private final FaultyWire devices;
  private final List<FaultyWire> wires = new ArrayList<>();
  private final List<Map<String, String>> settings = new ArrayList<>();
  private final List<Program> gateways = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  Faults(Site site, Mosquitto broker, MoodyStore store, Random random) {
    this.site = site;
    this.broker = broker;
    this.store = store;
    this.random = random;
    this.devices = wire(broker.port());
    for (String name : NAMES) {
      settings.add(ofGateway(name));
      gateways.add(site.gateway(name, settings.getLast()));
    }
  }

  private FaultyWire wire(int target) {
    FaultyWire wire = FaultyWire.to(target);
    wires.add(wire);
    return wire;
  }

  /** Wires of its own to everything that it needs. */
  private Map<String, String> ofGateway(String name) {
    URI database =
        URI.create(site.configuration().text(DatabaseSetting.URL).substring("jdbc:".length()));
    String others =
        database
            .toString()
            .replace(":" + database.getPort(), ":" + wire(database.getPort()).port());
    Map<String, String> more = new HashMap<>();
    more.put(MqttSetting.USERNAME.variable(), name);
    more.put(MqttSetting.PORT.variable(), "" + wire(broker.port()).port());
    more.put(DatabaseSetting.URL.variable(), "jdbc:" + others);
    more.put(
        StorageSetting.ENDPOINT.variable(),
        "http://127.0.0.1:" + wire(store.address().getPort()).port());
    more.put(LimitSetting.TENANT_PRESIGNS_PER_MINUTE.variable(), MANY);
    more.put(LimitSetting.DEVICE_PRESIGNS_PER_MINUTE.variable(), MANY);
    return more;
  }

  /** Where devices find the broker. */
  int brokerPort() {
    return devices.port();
  }

  List<Program> gateways() {
    return List.copyOf(gateways);
  }

  /** What has happened how often. */
  Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  /**
   * Returns when everything is well again.
   *
   * @param said how many requests devices have sent: a fault lasts for some of them
   * @param isOver they will send no more
   */
  void strike(IntSupplier said, BooleanSupplier isOver) throws IOException {
    List<Place> all = new ArrayList<>(List.of(Place.values()));
    Collections.shuffle(all, random);
    Set<Place> struck = EnumSet.copyOf(all.subList(0, 1 + random.nextInt(2)));
    int gateway = random.nextInt(NAMES.size());
    for (Place place : struck) {
      String what = strike(place, gateway);
      counts.merge(what, 1, Integer::sum);
    }
    int until = said.getAsInt() + random.nextInt(MOST_REQUESTS);
    Patience.until(() -> said.getAsInt() >= until || isOver.getAsBoolean());
    for (Place place : struck) {
      mend(place, gateway);
    }
  }

  /** What it was, in words. */
  private String strike(Place place, int gateway) throws IOException {
    boolean isRough = random.nextBoolean();
    return switch (place) {
      case WIRE -> strike(wires.get(random.nextInt(wires.size())), isRough);
      case STORE -> {
        store.be(Mood.BUSY);
        yield "store busy";
      }
      case DATABASE -> {
        Deaths.killDatabase(site);
        yield "database killed";
      }
      case BROKER -> {
        if (isRough) {
          broker.kill();
        } else {
          broker.close();
        }
        yield isRough ? "broker killed" : "broker stopped";
      }
      case GATEWAY -> strike(gateways.get(gateway), isRough);
    };
  }

  private static String strike(FaultyWire wire, boolean isRough) {
    if (isRough) {
      wire.cut();
      return "wire cut";
    }
    wire.hold();
    return "wire held";
  }

  private static String strike(Program gateway, boolean isRough) {
    if (isRough) {
      gateway.kill();
      return "gateway killed";
    }
    assertThat(gateway.stop()).as(gateway.output()).isIn(0, 143);
    return "gateway drained";
  }

  private void mend(Place place, int gateway) {
    switch (place) {
      case WIRE -> wires.forEach(FaultyWire::mend);
      case STORE -> store.be(Mood.WELL);
      case DATABASE -> Patience.until(() -> site.database().count("select 1") == 1);
      case BROKER -> broker.startAgain();
      case GATEWAY ->
          gateways.set(gateway, site.gateway(NAMES.get(gateway), settings.get(gateway)));
    }
  }

  @Override
  public void close() {
    wires.forEach(FaultyWire::close);
  }
}
