package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Fleet.Talk;
import io.waybill.benchmarks.load.Installation.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** What devices say: the measured commands by their names, and what is echoed. */
final class Talks {

  private static final int PARTS = 10_000;

  private Talks() {}

  static Talk echo() {
    return new Talk(
        "progress",
        (device, id, n) ->
            "{\"request_id\":\"%s\",\"command\":\"get_status\",\"payload\":{\"session_id\":\"%s\"}}"
                .formatted(id, device.id()));
  }

  /** The commands, about the session that each device has by then. */
  static Map<String, Talk> about(Map<Device, String> sessions) {
    Map<String, Talk> talks = new LinkedHashMap<>();
    talks.put("get_status", command(sessions, "get_status", n -> ""));
    talks.put("presign_parts, 1", command(sessions, "presign_parts", Talks::onePart));
    talks.put(
        "presign_parts, 100 compact",
        command(
            sessions,
            "presign_parts",
            n -> ",\"part_number_start\":1,\"part_number_end\":100,\"encoding\":\"compact\""));
    talks.put("acknowledge_part", command(sessions, "acknowledge_part", Talks::sentPart));
    talks.put("create_session", create());
    return talks;
  }

  private static String onePart(long number) {
    return ",\"part_numbers\":[" + part(number) + "]";
  }

  private static String sentPart(long number) {
    return ",\"parts\":[{\"part_number\":%d,\"etag\":\"e\",\"size_bytes\":5242880}]"
        .formatted(part(number));
  }

  private static long part(long number) {
    return number % PARTS + 1;
  }

  private static Talk command(
      Map<Device, String> sessions, String name, LongFunction<String> more) {
    return new Talk(
        "request",
        (device, id, n) ->
            "{\"request_id\":\"%s\",\"command\":\"%s\",\"payload\":{\"session_id\":\"%s\"%s}}"
                .formatted(id, name, sessions.getOrDefault(device, ""), more.apply(n)));
  }

  static Talk create() {
    return new Talk(
        "request",
        (device, id, n) ->
            ("{\"request_id\":\"%s\",\"command\":\"create_session\",\"payload\":{\"project_id\":\"%s\","
                    + "\"objects\":[{\"object_name\":\"run.mcap\",\"file_size_bytes\":%d,"
                    + "\"part_size_bytes\":5242880}]}}")
                .formatted(id, Installation.PROJECT, PARTS * 5_242_880L));
  }
}
