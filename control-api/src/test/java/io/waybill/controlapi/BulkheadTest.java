package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.controlapi.edge.Rooms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for storage keeps nobody out who does not need it, nor everybody who does. */
class BulkheadTest {

  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** Half of them for one key, three quarters for one tenant, one for a device. */
  private static final int STORAGE_PLACES = 8;

  private final TestWorld world =
      new TestWorld(ApiSettings.DEFAULT.working(new Rooms.Sizes(16, STORAGE_PLACES, PATIENCE)));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    world.store.speak();
    threads.close();
    world.close();
  }

  @Test
  void a_silent_store_holds_up_only_what_needs_it_and_is_named_as_the_reason() throws Exception {
    List<HttpUploads.Made> uploads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      uploads.add(HttpUploads.in(world).create(1).send(1, 1));
    }
    HttpUploads.Made open = HttpUploads.in(world).create(1).send(1, 1);
    world.store.hush();
    List<Future<HttpAnswer>> completes =
        uploads.stream()
            .map(made -> threads.submit(() -> complete(TestWorld.ADMIN, made)))
            .toList();
    await().until(() -> completes.stream().filter(Future::isDone).count() == 16);

    String path = open.path();
    HttpCalls admin = world.as(TestWorld.ADMIN);
    assertThat(
            Stream.of(
                    world.anybody().get("/healthz"),
                    world.anybody().get("/metrics"),
                    admin.get(path),
                    admin.get(path + "/parts"),
                    admin.get("/v1/projects"),
                    admin.post(path + "/parts/presign", "{\"part_numbers\":[1]}"))
                .map(HttpAnswer::outcome))
        .containsOnly("200");
    assertThat(
            Stream.of(
                    admin.get(path + "?reconcile=true"),
                    admin.get(path + "/parts?source=storage"),
                    admin.post(path + "/abort", ""))
                .map(HttpAnswer::outcome))
        .containsOnly("503 storage.unavailable");
    world.store.speak();

    List<HttpAnswer> answers = new ArrayList<>();
    for (Future<HttpAnswer> complete : completes) {
      answers.add(complete.get());
    }
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 503)
        .hasSize(16)
        .allSatisfy(answer -> {
          assertThat(answer.outcome()).isEqualTo("503 storage.unavailable");
          assertThat(answer.header("Retry-After")).isEqualTo("2");
        });
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(4);
    assertThat(world.anybody().get("/metrics").text())
        .contains("storage_backpressure_rejects_total 19.0");
  }

  @Test
  void one_caller_takes_no_more_than_its_share_of_the_room_for_storage() {
    List<HttpUploads.Made> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(HttpUploads.in(world).create(1).send(1, 1));
    }
    List<HttpUploads.Made> devices = List.of(ofDevice(), ofDevice());
    world.store.hush();
    many.forEach(made -> threads.execute(() -> complete(TestWorld.ADMIN, made)));
    await().until(() -> world.store.waiting() == STORAGE_PLACES / 2);

    devices.forEach(made -> threads.execute(() -> complete(TestWorld.DEVICE_17, made)));
    await().until(() -> world.store.waiting() == STORAGE_PLACES / 2 + 1);
    threads.execute(() -> create(TestWorld.OTHER, TestWorld.OTHER_PROJECT));
    await().until(() -> world.store.waiting() == STORAGE_PLACES / 2 + 2);
    world.store.speak();
  }

  private HttpAnswer complete(String secret, HttpUploads.Made made) {
    return world.as(secret).post(made.path() + "/complete", "");
  }

  private HttpUploads.Made ofDevice() {
    return HttpUploads.by(world, TestWorld.DEVICE_17).create(1).send(1, 1);
  }

  private HttpAnswer create(String secret, java.util.UUID project) {
    return world
        .as(secret)
        .post(
            "/v1/projects/" + project + "/upload-tasks",
            "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]}");
  }
}
