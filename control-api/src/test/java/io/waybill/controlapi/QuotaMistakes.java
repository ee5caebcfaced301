package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import java.util.Map;
import java.util.function.Supplier;

/** What no quota has room for. */
final class QuotaMistakes {

  private static final String PROJECT = "/v1/projects/" + TestWorld.PROJECT;
  private static final String TASKS = PROJECT + "/upload-tasks";
  private static final String ONE =
      "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]}";

  private QuotaMistakes() {}

  /** In a world where a device has room for one upload. */
  static void add(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    mistakes.put(
        ErrorCode.QUOTA_OPEN_UPLOADS_EXCEEDED,
        () -> {
          HttpCalls robot = world.as(TestWorld.DEVICE_17);
          assertThat(robot.post(TASKS, ONE).outcome()).isEqualTo("201");
          return robot.post(TASKS, ONE);
        });
    mistakes.put(
        ErrorCode.QUOTA_BYTES_EXCEEDED,
        () -> {
          HttpCalls admin = world.as(TestWorld.ADMIN);
          bound(admin, 1);
          assertThat(admin.post(TASKS, ONE).status()).isIn(201, 403);
          HttpAnswer answer = admin.post(TASKS, ONE);
          bound(admin, 0);
          return answer;
        });
  }

  /** A store that fails or is slow is given nothing new. */
  static void strained(Map<ErrorCode, Supplier<HttpAnswer>> mistakes, TestWorld world) {
    mistakes.put(
        ErrorCode.STORAGE_BACKPRESSURE,
        () -> {
          world.store.strained = true;
          HttpAnswer answer = world.as(TestWorld.ADMIN).post(TASKS, ONE);
          world.store.strained = false;
          return answer;
        });
  }

  /** 0 takes the bound away. */
  private static void bound(HttpCalls admin, int bytes) {
    String quota = "{\"quota\": {\"max_bytes\": %d}}".formatted(bytes);
    assertThat(admin.patch(PROJECT, quota).outcome()).isEqualTo("200");
  }
}
