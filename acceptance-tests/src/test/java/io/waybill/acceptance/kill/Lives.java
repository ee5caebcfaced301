package io.waybill.acceptance.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Database;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.Collection;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * Uploads that people begin, one after the other, and complete, give up or leave, as a seed says.
 * What an outage answers is left to the workers.
 */
final class Lives implements AutoCloseable {
  /** What each of them sends. */
  static final byte[] BYTES = "what must not be lost".repeat(100).getBytes(UTF_8);

  /** Which sessions somebody is to go on with, or was doing so. */
  static final String UNDER_WAY =
      "due_at > now() and status in ('INITIATING', 'COMPLETING', 'ABORTING')";

  private static final String TASKS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks";
  private static final String TASK =
      """
      {"source_device_id": "%s", "objects": [{"object_name": "k.bin", "file_size_bytes": %d}],
       "presign": {"first": 1, "expires_in_seconds": 900}}\
      """
          .formatted(DevelopmentIdentities.ROBOT_17, BYTES.length);

  private final Api api;
  private final Database database;
  private final Random random;
  private final Collection<String> completed = new ConcurrentLinkedQueue<>();
  private final Collection<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ended = new AtomicInteger();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  Lives(Api api, Database database, long seed) {
    this.api = api;
    this.database = database;
    this.random = new Random(seed);
  }

  /** Begins so many, behind those that were begun before. */
  Future<?> begin(int number) {
    return thread.submit(() -> {
      for (int one = 0; one < number; one++) {
        live();
        ended.incrementAndGet();
      }
    });
  }

  /** How many people are done with. */
  int ended() {
    return ended.get();
  }

  /** Sessions of which people were told that they are complete. */
  Collection<String> completed() {
    return completed;
  }

  /** Sessions of which people were told that their part is known. */
  Collection<String> acknowledged() {
    return acknowledged;
  }

  private void live() {
    Api.Answer made = api.post(TASKS, TASK);
    JsonNode object = made.body().at("/objects/0");
    String url = object.at("/presigned/parts/0/url").asString("");
    String session = object.path("session_id").asString("");
    switch (random.nextInt(3)) {
      case 0 -> complete(session, url);
      case 1 -> api.post("/v1/uploads/" + session + "/abort", "{}");
      default -> leave(session);
    }
  }

  private void complete(String session, String url) {
    if (url.isEmpty()) {
      return;
    }
    String etag = api.put(url, BYTES).replace("\"", "\\\"");
    Api.Answer known =
        api.post(
            "/v1/uploads/" + session + "/parts/ack",
            """
            {"parts": [{"part_number": 1, "etag": "%s", "size_bytes": %d}]}\
            """
                .formatted(etag, BYTES.length));
    if (known.status() == 200) {
      acknowledged.add(session);
    }
    if (api.post("/v1/uploads/" + session + "/complete", "{}").status() == 200) {
      completed.add(session);
    }
  }

  private void leave(String session) {
    if (!session.isEmpty()) {
      Patience.until(() -> leave(database, "id = ?", UUID.fromString(session)) >= 0);
    }
  }

  /** As if their devices had never come back and their grace were over; how many there were. */
  static int leave(Database database, String which, Object... parameters) {
    return database.change(
        """
        update upload_sessions set created_at = now() - interval '2 days',
          expires_at = now() - interval '3 hours', due_at = now() - interval '3 hours'
        where status in ('INITIATED', 'UPLOADING', 'PAUSED') and expires_at > now() and\
        """
            + " "
            + which,
        parameters);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
