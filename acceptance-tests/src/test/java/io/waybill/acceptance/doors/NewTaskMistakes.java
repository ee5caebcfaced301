package io.waybill.acceptance.doors;

import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Everything that can be wrong with a request for a task, asked by robot-17. */
final class NewTaskMistakes {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CREATE = "create_session";
  private static final String INVALID = "request.field_invalid";
  private static final long MIB = 1L << 20;

  private NewTaskMistakes() {}

  static Stream<Mistake> all() {
    return Stream.of(sizes(), texts(), shapes(), tasks(), whose()).flatMap(List::stream);
  }

  private static List<Mistake> sizes() {
    String size = "objects[0].file_size_bytes ";
    String part = "objects[0].part_size_bytes ";
    return List.of(
        wrong("an empty file", file("file_size_bytes", "0"), size + "upload.empty_file"),
        wrong("a negative size", file("file_size_bytes", "-1"), size + "upload.empty_file"),
        wrong(
            "more than 48.8 TiB",
            file("file_size_bytes", "" + (10_000 * (5L << 30) + 1)),
            size + "upload.file_too_large",
            part + "upload.too_many_parts"),
        wrong(
            "parts of 1 MiB",
            file("part_size_bytes", "" + MIB),
            part + "upload.part_size_too_small"),
        wrong(
            "parts of nothing", file("part_size_bytes", "0"), part + "upload.part_size_too_small"),
        wrong(
            "parts of 6 GiB",
            file("part_size_bytes", "" + (6L << 30)),
            part + "upload.part_size_too_large"),
        wrong(
            "parts of one byte too little",
            file("part_size_bytes", "" + (5 * MIB - 1)),
            part + "upload.part_size_too_small"),
        wrong(
            "10 001 parts",
            file("file_size_bytes", "" + (10_000 * 5 * MIB + 1)),
            part + "upload.too_many_parts"),
        wrong("half a byte", file("file_size_bytes", "1.5"), size + "request.field_type"),
        wrong("a size as text", file("file_size_bytes", "\"1\""), size + "request.field_type"),
        wrong(
            "beyond a long",
            file("file_size_bytes", "9223372036854775808"),
            size + "request.out_of_range"),
        wrong("no size", file("file_size_bytes", "null"), size + "request.field_required"));
  }

  private static List<Mistake> texts() {
    String name = "objects[0].object_name ";
    return List.of(
        wrong("a blank name", file("object_name", "\" \""), name + "request.field_required"),
        wrong(
            "a name of 1025 characters",
            file("object_name", "\"" + "n".repeat(1025) + "\""),
            name + "request.field_too_long"),
        wrong("a name with NUL", file("object_name", "\"a\\u0000b\""), name + INVALID),
        wrong(
            "a name with a line break",
            file("object_name", "\"a\\nb\""),
            name + "upload.bad_object_name"),
        wrong(
            "a name that leaves its folder",
            file("object_name", "\"../../etc/passwd\""),
            name + "upload.bad_object_name"),
        wrong("a name as number", file("object_name", "17"), name + "request.field_type"),
        wrong(
            "a checksum that is none",
            file("checksum_sha256", "\"" + "G".repeat(64) + "\""),
            "objects[0].checksum_sha256 " + INVALID),
        wrong(
            "a content type that is none",
            file("content_type", "\"text\""),
            "objects[0].content_type upload.bad_content_type"),
        wrong(
            "a password in the metadata",
            file("metadata", "{\"wifi\":{\"password\":\"hunter2\"}}"),
            "objects[0].metadata.wifi.password metadata.secret_key"),
        wrong(
            "17 KiB of metadata",
            task("metadata", "{\"note\":\"" + "n".repeat(17 << 10) + "\"}"),
            "metadata metadata.too_large"),
        wrong(
            "a long key in the metadata",
            task("metadata", "{\"" + "k".repeat(65) + "\":1}"),
            "metadata metadata.bad_key"),
        wrong(
            "a task name of 256 characters",
            task("task_name", "\"" + "n".repeat(256) + "\""),
            "task_name request.field_too_long"));
  }

  private static List<Mistake> shapes() {
    return List.of(
        wrong("a field that is none", task("colour", "1"), "colour request.unknown_field"),
        wrong(
            "a field of a file that is none",
            file("colour", "1"),
            "objects[0].colour request.unknown_field"),
        wrong("no files", task("objects", "null"), "objects request.field_required"),
        wrong("an empty list of files", task("objects", "[]"), "objects upload.object_count"),
        wrong(
            "101 files",
            task("objects", "[" + many(101, right().path("objects").path(0)) + "]"),
            "objects upload.object_count"),
        wrong("files as an object", task("objects", "{}"), "objects request.field_type"),
        wrong(
            "a file that is a text",
            task("objects", "[\"run.bag\"]"),
            "objects[0] request.field_type"),
        wrong("metadata as a list", task("metadata", "[]"), "metadata request.field_type"),
        wrong(
            "several at once",
            file("file_size_bytes", "0", "content_type", "\"text\""),
            "objects[0].file_size_bytes upload.empty_file",
            "objects[0].content_type upload.bad_content_type"));
  }

  private static List<Mistake> tasks() {
    return List.of(
        wrong(
            "no first URLs",
            task("presign", "{\"first\":0}"),
            "presign.first upload.too_many_parts"),
        wrong(
            "101 first URLs",
            task("presign", "{\"first\":101}"),
            "presign.first upload.too_many_parts"),
        wrong(
            "a URL's life of 59 s",
            task("presign", "{\"first\":1,\"expires_in_seconds\":59}"),
            "presign.expires_in_seconds upload.url_life_out_of_range"),
        wrong(
            "a URL's life beyond an int",
            task("presign", "{\"first\":1,\"expires_in_seconds\":9999999999}"),
            "presign.expires_in_seconds upload.url_life_out_of_range"),
        wrong(
            "an encoding that is none",
            task("presign", "{\"first\":1,\"encoding\":\"zip\"}"),
            "presign.encoding request.unknown_value"),
        wrong(
            "an initiator that is none",
            task("task_initiator", "\"moon\""),
            "task_initiator request.unknown_value"),
        wrong(
            "a storage policy that is no id",
            task("storage_policy_id", "\"local\""),
            "storage_policy_id " + INVALID),
        wrong(
            "a storage policy that is unknown",
            task("storage_policy_id", "\"" + UUID.randomUUID() + "\""),
            "storage_policy_id storage_policy.not_found"),
        wrong(
            "another tenant's storage policy",
            task("storage_policy_id", "\"0190a000-0000-7000-8000-0000000000a3\""),
            "storage_policy_id storage_policy.not_found"));
  }

  private static List<Mistake> whose() {
    String other = "\"" + DevelopmentIdentities.ROBOT_18 + "\"";
    return List.of(
        refused(
            "in robot-18's name", task("source_device_id", other), "403 device.identity_mismatch"),
        refused(
            "in nobody's name",
            task("source_device_id", "\"" + UUID.randomUUID() + "\""),
            "403 device.identity_mismatch"),
        refused(
            "into a project that is unknown",
            task("project_id", "\"" + UUID.randomUUID() + "\""),
            "404 project.not_found"),
        refused(
            "into another tenant's project",
            task("project_id", "\"" + Strangers.OTHER_PROJECT + "\""),
            "404 project.not_found"));
  }

  private static Mistake wrong(String name, JsonNode payload, String... fields) {
    return Mistake.ofField(name, CREATE, payload.toString(), fields);
  }

  private static Mistake refused(String name, JsonNode payload, String answer) {
    return Mistake.of(name, CREATE, payload.toString(), answer);
  }

  /** A right request but for fields of the task, given as name and JSON. */
  private static JsonNode task(String... namesAndValues) {
    ObjectNode task = right();
    set(task, namesAndValues);
    return task;
  }

  /** A right request but for fields of its only file. */
  private static JsonNode file(String... namesAndValues) {
    ObjectNode task = right();
    set((ObjectNode) task.path("objects").path(0), namesAndValues);
    return task;
  }

  private static ObjectNode right() {
    return (ObjectNode) JSON.readTree(TwoPartUpload.request("mistake"));
  }

  private static void set(ObjectNode node, String... namesAndValues) {
    for (int n = 0; n < namesAndValues.length; n += 2) {
      node.set(namesAndValues[n], JSON.readTree(namesAndValues[n + 1]));
    }
  }

  private static String many(int count, JsonNode node) {
    return IntStream.range(0, count)
        .mapToObj(n -> node.toString())
        .collect(Collectors.joining(","));
  }
}
