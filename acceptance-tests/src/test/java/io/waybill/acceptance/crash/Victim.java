package io.waybill.acceptance.crash;

import java.util.Random;
import java.util.UUID;

/**
 * A call whose process dies.
 *
 * @param name of the task, and the key of the call
 * @param place the place of death, counted from 0
 */
record Victim(
    Scenario scenario, String name, UUID sessionId, UUID taskId, UUID objectId, int place) {
  private static final UUID NONE = new UUID(0, 0);

  /** One that makes its own upload. */
  static Victim of(Scenario scenario, String name, int place) {
    return new Victim(scenario, name, NONE, NONE, NONE, place);
  }

  Victim dyingAt(int otherPlace) {
    return new Victim(scenario, name, sessionId, taskId, objectId, otherPlace);
  }

  /** The bytes of its file. */
  byte[] bytes() {
    byte[] bytes = new byte[scenario.preparedBytes];
    new Random(name.hashCode()).nextBytes(bytes);
    return bytes;
  }

  /** As a line of a file. */
  String toLine() {
    return String.join(
        " ",
        scenario.name(),
        name,
        sessionId.toString(),
        taskId.toString(),
        objectId.toString(),
        Integer.toString(place));
  }

  static Victim ofLine(String line) {
    String[] fields = line.split(" ", -1);
    return new Victim(
        Scenario.valueOf(fields[0]),
        fields[1],
        UUID.fromString(fields[2]),
        UUID.fromString(fields[3]),
        UUID.fromString(fields[4]),
        Integer.parseInt(fields[5]));
  }
}
