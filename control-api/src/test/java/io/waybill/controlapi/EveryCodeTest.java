package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.ErrorStatus;
import io.waybill.core.ErrorCode;
import io.waybill.core.upload.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Asks the running system for every code that {@code docs/errors.md} lists. */
class EveryCodeTest {

  private static final String TASKS = "/v1/projects/" + TestWorld.PROJECT + "/upload-tasks";
  private static final String MEMBERS = "/v1/projects/" + TestWorld.PROJECT + "/members";
  private static final String OWNER =
      "{\"subject_type\": \"user\", \"subject_id\": \"%s\", \"role\": \"owner\"}"
          .formatted(TestWorld.id(0x777));
  private static final String CATEGORIES = "/v1/projects/" + TestWorld.PROJECT + "/tag-categories";

  /**
   * What cannot be provoked here: races (the core's tests give each), what no route asks yet or
   * tells in the details, defects ({@code EdgeTest}) and what only the other door answers.
   */
  private static final Set<ErrorCode> ELSEWHERE =
      EnumSet.of(
          ErrorCode.UPLOAD_PARTS_CHANGED,
          ErrorCode.UPLOAD_COMPLETION_IN_PROGRESS,
          ErrorCode.UPLOAD_ABORT_IN_PROGRESS,
          ErrorCode.IDEMPOTENCY_REQUEST_IN_PROGRESS,
          ErrorCode.AUTH_ISSUER_UNAVAILABLE,
          ErrorCode.MQTT_MALFORMED,
          ErrorCode.MQTT_UNKNOWN_COMMAND,
          ErrorCode.MQTT_REQUEST_TOO_LARGE,
          ErrorCode.MQTT_RESPONSE_TOO_LARGE,
          ErrorCode.MQTT_RESPONSE_TOPIC_FORBIDDEN,
          ErrorCode.INTERNAL);

  private static final String TAGS = "/v1/projects/" + TestWorld.PROJECT + "/tags";
  private static final String DEVICES = "/v1/projects/" + TestWorld.PROJECT + "/devices";
  private static final String PRESS = "{\"name\": \"Press\", \"device_code\": \"press-%d\"}";
  private static final String LINE_9 = "{\"slug\": \"line-9\", \"name\": \"Line 9\"}";

  /** As in production, but a device has room for one upload. */
  private static final Limits LIMITS = Limits.standard().with(new Limits.Openings(1000, 1, 200));

  private final TestWorld world = new TestWorld(LIMITS);
  private final HttpCalls admin = world.as(TestWorld.ADMIN);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void every_code_of_the_page_is_answered_with_its_status() {
    Map<ErrorCode, Supplier<HttpAnswer>> mistakes = new EnumMap<>(ErrorCode.class);
    requests(mistakes);
    callers(mistakes);
    resources(mistakes);
    states(mistakes);
    storage(mistakes);

    Map<ErrorCode, String> answered = new EnumMap<>(ErrorCode.class);
    Map<ErrorCode, String> promised = new EnumMap<>(ErrorCode.class);
    mistakes.forEach((code, mistake) -> {
      answered.put(code, mistake.get().outcome());
      promised.put(code, ErrorStatus.of(code) + " " + code.code());
    });
    assertThat(answered).isEqualTo(promised);
    Set<ErrorCode> missing = EnumSet.allOf(ErrorCode.class);
    missing.removeAll(mistakes.keySet());
    assertThat(missing).isEqualTo(ELSEWHERE);
  }

  private void requests(Map<ErrorCode, Supplier<HttpAnswer>> mistakes) {
    mistakes.put(ErrorCode.REQUEST_MALFORMED, () -> admin.post(TASKS, "{"));
    mistakes.put(ErrorCode.REQUEST_VALIDATION_FAILED, () -> admin.post(TASKS, "{}"));
    mistakes.put(ErrorCode.REQUEST_ROUTE_NOT_FOUND, () -> admin.get("/v1/nowhere"));
    mistakes.put(
        ErrorCode.REQUEST_METHOD_NOT_ALLOWED,
        () -> admin.send("DELETE", "/v1/projects", new byte[0]));
    mistakes.put(
        ErrorCode.REQUEST_TOO_LARGE, () -> admin.post(TASKS, "\"" + "x".repeat(2 << 20) + "\""));
    mistakes.put(
        ErrorCode.REQUEST_UNSUPPORTED_MEDIA_TYPE,
        () -> admin.with("Content-Type", "text/plain").post(TASKS, "{}"));
    mistakes.put(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        () -> {
          HttpCalls keyed = admin.with("Idempotency-Key", "k");
          assertThat(keyed.post(TASKS, one("")).outcome()).isEqualTo("201");
          return keyed.post(TASKS, one(", \"task_name\": \"another\""));
        });
  }

  private void callers(Map<ErrorCode, Supplier<HttpAnswer>> mistakes) {
    mistakes.put(ErrorCode.AUTH_API_KEY_MISSING, () -> world.anybody().get("/v1/projects"));
    mistakes.put(ErrorCode.AUTH_API_KEY_INVALID, () -> projects("wb_nobodys"));
    mistakes.put(ErrorCode.AUTH_API_KEY_EXPIRED, () -> projects(TestWorld.EXPIRED));
    mistakes.put(ErrorCode.AUTH_TENANT_INACTIVE, () -> projects(TestWorld.IN_DEAD_TENANT));
    mistakes.put(ErrorCode.RATE_LIMIT_EXCEEDED, FailedAuthenticationTest.manyTimes(world));
    mistakes.put(ErrorCode.DEVICE_INACTIVE, () -> projects(TestWorld.DISABLED_DEVICE));
    mistakes.put(
        ErrorCode.AUTH_PERMISSION_DENIED,
        () -> world.as(TestWorld.VIEWER).post(made().path() + "/abort", ""));
    mistakes.put(
        ErrorCode.DEVICE_IDENTITY_MISMATCH,
        () ->
            world
                .as(TestWorld.DEVICE_17)
                .post(TASKS, one(", \"source_device_id\": \"" + TestWorld.ROBOT_18 + "\"")));
  }

  private void resources(Map<ErrorCode, Supplier<HttpAnswer>> mistakes) {
    String unknown = TestWorld.id(0xfff).toString();
    mistakes.put(ErrorCode.PROJECT_NOT_FOUND, () -> admin.get("/v1/projects/" + unknown));
    mistakes.put(
        ErrorCode.PROJECT_INACTIVE,
        () -> admin.post("/v1/projects/" + TestWorld.ARCHIVED_PROJECT + "/upload-tasks", one("")));
    mistakes.put(ErrorCode.DEVICE_NOT_FOUND, () -> admin.get(DEVICES + "/" + unknown));
    mistakes.put(
        ErrorCode.DEVICE_CODE_TAKEN,
        () -> {
          assertThat(admin.post(DEVICES, PRESS.formatted(1)).outcome()).isEqualTo("201");
          return admin.post(DEVICES, PRESS.formatted(1));
        });
    mistakes.put(
        ErrorCode.DEVICE_INVALID_STATE,
        () -> {
          String press = press(2);
          assertThat(admin.post(press + "/revoke", "").outcome()).isEqualTo("200");
          return admin.post(press + "/enable", "");
        });
    mistakes.put(
        ErrorCode.DEVICE_COMMAND_NOT_FOUND, () -> admin.get(press(3) + "/commands/" + unknown));
    mistakes.put(
        ErrorCode.PROJECT_SLUG_TAKEN,
        () -> {
          assertThat(admin.post("/v1/projects", LINE_9).outcome()).isEqualTo("201");
          return admin.post("/v1/projects", LINE_9);
        });
    mistakes.put(
        ErrorCode.PROJECT_NOT_EMPTY,
        () -> {
          assertThat(made().taskId()).isNotEmpty();
          return admin.delete("/v1/projects/" + TestWorld.PROJECT);
        });
    mistakes.put(
        ErrorCode.DATASET_NOT_FOUND,
        () -> admin.get("/v1/projects/" + TestWorld.PROJECT + "/datasets/" + unknown));
    mistakes.put(
        ErrorCode.DATASET_NOT_READY,
        () -> admin.post(made().datasetPath() + "/download-url", "{}"));
    mistakes.put(
        ErrorCode.DATASET_UPLOAD_IN_PROGRESS, () -> admin.post(TASKS, into(made().datasetId())));
    mistakes.put(
        ErrorCode.DATASET_NOT_REPLACEABLE,
        () -> admin.post(TASKS, into(made().send(1, 1).complete().datasetId())));
    DatasetSituations.add(mistakes, world);
    mistakes.put(
        ErrorCode.DATASET_INVALID_STATE, () -> admin.post(made().datasetPath() + "/archive", ""));
    mistakes.put(ErrorCode.API_KEY_NOT_FOUND, () -> admin.delete("/v1/api-keys/" + unknown));
    mistakes.put(ErrorCode.PROJECT_MEMBER_NOT_FOUND, () -> admin.delete(MEMBERS + "/" + unknown));
    mistakes.put(
        ErrorCode.PROJECT_MEMBER_EXISTS,
        () -> {
          assertThat(admin.post(MEMBERS + "/invite", OWNER).outcome()).isEqualTo("201");
          return admin.post(MEMBERS + "/invite", OWNER);
        });
    mistakes.put(
        ErrorCode.PROJECT_MEMBER_LAST_OWNER,
        () -> admin.delete(MEMBERS + "/" + TestWorld.id(0x777)));
    mistakes.put(
        ErrorCode.PERMISSION_GRANT_MANAGED,
        () -> {
          HttpAnswer first = admin.get("/v1/permission-grants?limit=1");
          JsonNode ofRole = first.json().at("/permission_grants/0/permission_grant_id");
          return admin.delete("/v1/permission-grants/" + ofRole.asString());
        });
    mistakes.put(
        ErrorCode.PERMISSION_GRANT_NOT_FOUND,
        () -> admin.delete("/v1/permission-grants/" + unknown));
    OutboxSituations.add(mistakes, world);
    mistakes.put(ErrorCode.TAG_CATEGORY_NOT_FOUND, () -> admin.delete(CATEGORIES + "/" + unknown));
    mistakes.put(
        ErrorCode.TAG_CATEGORY_NAME_TAKEN,
        () -> {
          assertThat(admin.post(CATEGORIES, "{\"name\": \"shift\"}").outcome()).isEqualTo("201");
          return admin.post(CATEGORIES, "{\"name\": \"shift\"}");
        });
    mistakes.put(ErrorCode.TAG_NOT_FOUND, () -> admin.delete(TAGS + "/" + unknown));
    mistakes.put(
        ErrorCode.TAG_NAME_TAKEN,
        () -> {
          assertThat(admin.post(TAGS, "{\"name\": \"rain\"}").outcome()).isEqualTo("201");
          return admin.post(TAGS, "{\"name\": \"rain\"}");
        });
    mistakes.put(
        ErrorCode.REQUEST_VERSION_CONFLICT,
        () -> {
          HttpAnswer made = admin.post(CATEGORIES, "{\"name\": \"crew\"}");
          String id = made.json().get("tag_category_id").asString();
          return admin.patch(CATEGORIES + "/" + id, "{\"version\": 7}");
        });
    mistakes.put(ErrorCode.UPLOAD_TASK_NOT_FOUND, () -> admin.get(TASKS + "/" + unknown));
    mistakes.put(
        ErrorCode.UPLOAD_OBJECT_NOT_FOUND,
        () -> admin.get(made().taskPath() + "/objects/" + unknown));
    mistakes.put(ErrorCode.UPLOAD_SESSION_NOT_FOUND, () -> admin.get("/v1/uploads/" + unknown));
  }

  private void states(Map<ErrorCode, Supplier<HttpAnswer>> mistakes) {
    mistakes.put(ErrorCode.UPLOAD_MISSING_PARTS, () -> admin.post(made().path() + "/complete", ""));
    mistakes.put(
        ErrorCode.UPLOAD_INVALID_STATE,
        () -> {
          HttpUploads.Made done = made().send(1, 1).complete();
          return admin.post(done.path() + "/pause", "");
        });
    mistakes.put(
        ErrorCode.UPLOAD_EXPIRED,
        () -> {
          HttpUploads.Made late = made();
          world.time.advance(Duration.ofDays(2));
          return admin.post(late.path() + "/pause", "");
        });
    QuotaMistakes.add(mistakes, world);
    PolicySituations.add(mistakes, world);
  }

  private void storage(Map<ErrorCode, Supplier<HttpAnswer>> mistakes) {
    mistakes.put(
        ErrorCode.UPLOAD_PART_SIZE_MISMATCH,
        () -> {
          HttpUploads.Made made = made().send(1, 1);
          world.objects.openUploads().forEach(upload -> world.objects.put(upload, 1, 1));
          return admin.post(made.path() + "/complete", "");
        });
    mistakes.put(
        ErrorCode.STORAGE_REFUSED,
        () -> admin.post(TASKS, one(", \"storage_policy_id\": \"" + TestWorld.id(0x5) + "\"")));
    mistakes.put(
        ErrorCode.STORAGE_UPLOAD_MISSING,
        () -> {
          HttpUploads.Made made = made().send(1, 1);
          world.objects.openUploads().forEach(world.objects::purge);
          assertThat(admin.post(made.path() + "/complete", "").outcome())
              .isEqualTo("503 storage.unavailable");
          world.time.advance(Duration.ofMinutes(2));
          return admin.post(made.path() + "/complete", "");
        });
    QuotaMistakes.strained(mistakes, world);
    mistakes.put(
        ErrorCode.STORAGE_UNAVAILABLE,
        () -> {
          world.store.down = true;
          HttpAnswer answer = admin.post(TASKS, one(""));
          world.store.down = false;
          return answer;
        });
    mistakes.put(
        ErrorCode.DATABASE_UNAVAILABLE,
        () -> {
          world.database.down = true;
          HttpAnswer answer = admin.get("/v1/projects");
          world.database.down = false;
          return answer;
        });
  }

  private String press(int number) {
    HttpAnswer made = admin.post(DEVICES, PRESS.formatted(number));
    return DEVICES + "/" + made.json().at("/device/device_id").asString();
  }

  private HttpUploads.Made made() {
    return HttpUploads.in(world).create(1);
  }

  private HttpAnswer projects(String secret) {
    return world.as(secret).get("/v1/projects");
  }

  private static String into(String datasetId) {
    return "{\"objects\": [{\"dataset_id\": \"%s\", \"object_name\": \"a\", \"file_size_bytes\": 1}]}"
        .formatted(datasetId);
  }

  private static String one(String more) {
    return "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]%s}".formatted(more);
  }
}
