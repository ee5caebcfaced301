package io.waybill.allinone.fleet;

import io.waybill.allinone.api.Api;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Machines that record, and agents that upload what they have recorded, with what happens to them:
 * power cuts, people who pause and abort, files that change in mid-upload. Closing switches all of
 * them off.
 */
public final class Fleet implements AutoCloseable {
  private static final Duration SHORTEST_MISHAP = Duration.ofSeconds(15);
  private static final String DEVICES =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/devices";

  private final Api api;
  private final List<Machine> machines;
  private final Clockwork clockwork;

  private Fleet(Api api, List<Machine> machines, RandomGenerator chance) {
    this.api = api;
    this.machines = machines;
    this.clockwork = new Clockwork(machines, new Mishaps(api, chance, SHORTEST_MISHAP), chance);
  }

  /**
   * Registers so many machines with the stack, and switches them on.
   *
   * @param folder where each has a folder of its own, which a later start goes on with
   */
  public static Fleet start(Configuration configuration, Path folder, int size) {
    Random chance = new Random();
    Path machines = folder.toAbsolutePath().normalize();
    Fleet fleet =
        new Fleet(
            new Api(configuration),
            IntStream.range(0, size)
                .mapToObj(MachineKind::of)
                .map(kind -> new Machine(kind, machines.resolve(kind.code()), chance))
                .toList(),
            chance);
    try {
      for (Machine machine : fleet.machines) {
        if (!machine.isProvisioned()) {
          machine.provision(configuration, fleet.api.root().toString(), fleet.register(machine));
        }
        machine.switchOn();
      }
      fleet.clockwork.start();
      return fleet;
    } catch (IOException e) {
      fleet.close();
      throw new StartupFailure("the simulated machines cannot be set up: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  private Machine.Identity register(Machine machine) {
    String code = machine.kind().code();
    Api.Answer made =
        api.post(
            DEVICES,
            "{\"name\": \"%s\", \"device_code\": \"%s\", \"device_type\": \"simulated\"}"
                .formatted(machine.kind().name(), code));
    return made.status() == 409 ? another(code) : identity(made.ok());
  }

  /** It was registered before, and what it had to show is gone. */
  private Machine.Identity another(String code) {
    String id =
        api.get(DEVICES + "?limit=200")
            .ok()
            .path("devices")
            .valueStream()
            .filter(device -> device.path("device_code").asString().equals(code))
            .map(device -> device.path("device_id").asString())
            .findFirst()
            .orElseThrow(() ->
                new StartupFailure(
                    "the code " + code + " is taken by a device of another project"));
    return identity(
        api.post(DEVICES + "/" + id + "/credentials/rotate", "{\"overlap_seconds\": 0}").ok());
  }

  private static Machine.Identity identity(JsonNode told) {
    return new Machine.Identity(
        told.at("/device/device_id").asString(),
        told.at("/credential/credential_material").asString());
  }

  @Override
  public void close() {
    clockwork.close();
    List<Thread> ends = new ArrayList<>();
    machines.forEach(machine -> ends.add(Thread.ofVirtual().start(machine::close)));
    try {
      for (Thread end : ends) {
        end.join(Duration.ofSeconds(20));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
