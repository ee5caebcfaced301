package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** A file of two parts on its way through any door, step by step. */
final class TwoPartUpload {
  static final String PROJECT = DevelopmentIdentities.PROJECT.toString();
  static final String ROBOT_17 = DevelopmentIdentities.ROBOT_17.toString();
  static final int PART_BYTES = 5 << 20;
  static final byte[] FILE = bytes();

  private TwoPartUpload() {}

  private static byte[] bytes() {
    byte[] bytes = new byte[PART_BYTES + 4711];
    new Random(17).nextBytes(bytes);
    return bytes;
  }

  /** The request for one: with two parts, from robot-17 whoever asks. */
  static String request(String name) {
    return """
    {"project_id":"%s","task_name":"%s","source_device_id":"%s",
     "objects":[{"object_name":"%s.bin","file_size_bytes":%d,"part_size_bytes":%d}]}\
    """
        .formatted(PROJECT, name, ROBOT_17, name, FILE.length, PART_BYTES);
  }

  /** Makes one through the door. */
  static Begun begin(Door door, String name) {
    return begun(door.result("create_session", request(name)));
  }

  static Begun begun(JsonNode task) {
    JsonNode object = task.path("objects").path(0);
    return new Begun(
        task.path("task_id").asString(),
        object.path("object_id").asString(),
        object.path("session_id").asString(),
        object.path("dataset_id").asString());
  }

  /** The ids of an upload. */
  record Begun(String task, String object, String session, String dataset) {
    /** A payload that names the session and nothing else. */
    String itself() {
      return with("");
    }

    /** The same with more fields, each after a comma. */
    String with(String more) {
      return "{\"session_id\":\"" + session + "\"" + more + "}";
    }
  }

  /** Sends one part: a URL through the door, the bytes to the store, the ETag through the door. */
  static void send(Door door, Api store, Begun upload, int part) {
    JsonNode urls = door.result("presign_parts", upload.with(",\"part_numbers\":[" + part + "]"));
    int from = (part - 1) * PART_BYTES;
    byte[] bytes = Arrays.copyOfRange(FILE, from, Math.min(FILE.length, from + PART_BYTES));
    String etag = store.put(urls.path("parts").path(0).path("url").asString(), bytes);
    JsonNode known =
        door.result(
            "acknowledge_part",
            upload.with(
                ",\"parts\":[{\"part_number\":%d,\"etag\":%s,\"size_bytes\":%d}]"
                    .formatted(part, quoted(etag), bytes.length)));
    assertThat(known.path("acknowledged_part_count").asInt()).isEqualTo(1);
  }

  private static String quoted(String etag) {
    return "\"" + etag.replace("\"", "\\\"") + "\"";
  }

  /** A body of each command about a session that is right in itself. */
  static Map<String, String> bodies() {
    return Map.of(
        "presign_parts", ",\"part_numbers\":[1]",
        "acknowledge_part", "," + sent(1, "\"e\"", PART_BYTES),
        "get_status", "",
        "list_parts", "",
        "pause_upload", "",
        "resume_upload", "",
        "complete_upload", "",
        "abort_upload", "",
        "extend_upload", ",\"extend_by_seconds\":60");
  }

  static String retry(String task, String object) {
    return "{\"task_id\":\"" + task + "\",\"object_id\":\"" + object + "\"}";
  }

  /** The field that names one part as it was sent. */
  static String sent(int part, String etag, int size) {
    return "\"parts\":[{\"part_number\":%d,\"etag\":%s,\"size_bytes\":%d}]"
        .formatted(part, etag, size);
  }

  static String status(Door door, Begun upload) {
    return door.result("get_status", upload.itself()).path("status").asString();
  }

  /** Fetches what was stored and compares. */
  static void assertStored(Api everything, Begun upload) {
    assertThat(everything.download(PROJECT, upload.dataset())).isEqualTo(FILE);
  }

  static Api robot17(Site site) {
    return new Api(site.api(), DevelopmentIdentities.ROBOT_17_CREDENTIAL);
  }

  static Api everything(Site site) {
    return new Api(site.api(), DevelopmentIdentities.API_KEY);
  }
}
