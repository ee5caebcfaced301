package io.waybill.benchmarks.agent;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.control.Question;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.credential.Bearer;
import io.waybill.agent.credential.Credentials;
import io.waybill.agent.http.ApiClient;
import io.waybill.agent.http.HttpControlPlane;
import io.waybill.agent.mqtt.MqttControlPlane;
import io.waybill.agent.mqtt.MqttSettings;
import io.waybill.wire.Command;
import io.waybill.wire.Result;
import io.waybill.wire.Topics;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Those who ask the platform: a tool over HTTP, and many devices over MQTT. */
final class Clients {

  static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  static final UUID DEVICE = UUID.fromString("0190a000-0000-7000-8000-000000000017");
  private static final int MOST_URLS = 100;

  private final Programs programs;

  Clients(Programs programs) {
    this.programs = programs;
  }

  ControlPlane http() {
    return new HttpControlPlane(
        new ApiClient(URI.create(programs.apiUrl()), Bearer.of("wb_dev_local_only"), null, null));
  }

  ControlPlane mqtt() {
    return new MqttControlPlane(
        new MqttSettings(
            "127.0.0.1",
            programs.mqttPort(),
            false,
            null,
            new Topics(Topics.DEFAULT_PREFIX),
            new Topics.Owner(TENANT, DEVICE),
            Credentials.fixed("wbd_dev_robot_17_local_only"),
            Duration.ofSeconds(60),
            MqttSettings.FIRST_REPEAT,
            MqttSettings.LAST_REPEAT,
            null));
  }

  /** Asks until there is an answer: the processes may just be starting. */
  void awaitAnswers() throws InterruptedException {
    for (ControlPlane plane : List.of(http(), mqtt())) {
      try (plane) {
        while (!answers(plane)) {
          Thread.sleep(200);
        }
      }
    }
  }

  private static boolean answers(ControlPlane plane) throws InterruptedException {
    try {
      return plane.ask(Question.describe(PROJECT)) instanceof Answer.Done<?>;
    } catch (UnreachableException e) {
      return false;
    }
  }

  static Result.UploadObject create(ControlPlane plane, long bytes, long partBytes)
      throws UnreachableException, InterruptedException {
    Command.NewObject object =
        new Command.NewObject(null, "run.bin", bytes, null, partBytes, null, Map.of());
    Command.CreateSession create =
        new Command.CreateSession(
            PROJECT, "benchmark", null, null, null, null, List.of(object), Map.of(), null);
    return done(plane.ask(Question.create(create, UUID.randomUUID().toString())))
        .objects()
        .getFirst();
  }

  /** URLs of all parts, in order. */
  static List<String> urls(ControlPlane plane, Result.UploadObject object)
      throws UnreachableException, InterruptedException {
    List<String> urls = new ArrayList<>();
    for (int first = 1; first <= object.partCount(); first += MOST_URLS) {
      List<Integer> parts =
          IntStream.range(first, Math.min(first + MOST_URLS, object.partCount() + 1))
              .boxed()
              .toList();
      Result.Presigned answer = done(plane.ask(presign(session(object), parts)));
      for (int part : parts) {
        Result.PresignedPart url = answer.part(part);
        urls.add(url == null ? "" : url.url());
      }
    }
    return urls;
  }

  static void complete(ControlPlane plane, Result.UploadObject object)
      throws UnreachableException, InterruptedException {
    done(
        plane.ask(
            Question.complete(
                PROJECT, new Command.CompleteUpload(session(object), List.of(), null))));
  }

  private static UUID session(Result.UploadObject object) {
    return java.util.Objects.requireNonNull(object.sessionId());
  }

  private static Question<Result.Presigned> presign(UUID session, List<Integer> parts) {
    return Question.presign(
        PROJECT,
        new Command.PresignParts(
            session, parts, null, null, null, Map.of(), Command.Encoding.COMPACT));
  }

  private static <R> R done(Answer<R> answer) {
    return switch (answer) {
      case Answer.Done<R>(R result) -> result;
      case Answer.Refused<R>(var error) ->
          throw new IllegalStateException(error.code() + ": " + error.message());
    };
  }

  /** Half status questions, half URLs for a hundred parts, from many at once. */
  void load(boolean overMqtt, int connections, int inFlight, int requests)
      throws InterruptedException, UnreachableException {
    UUID session = newSession(overMqtt);
    AtomicInteger left = new AtomicInteger(requests);
    List<ControlPlane> planes = new ArrayList<>();
    CountDownLatch over = new CountDownLatch(connections * inFlight);
    for (int n = 0; n < connections; n++) {
      ControlPlane plane = overMqtt ? mqtt() : http();
      planes.add(plane);
      for (int m = 0; m < inFlight; m++) {
        Thread.ofVirtual().start(() -> ask(plane, session, left, over));
      }
    }
    over.await();
    planes.forEach(ControlPlane::close);
    if (left.get() > 0) {
      throw new IllegalStateException("not all requests were answered");
    }
  }

  private UUID newSession(boolean overMqtt) throws InterruptedException, UnreachableException {
    try (ControlPlane plane = overMqtt ? mqtt() : http()) {
      return session(create(plane, 1L << 30, 8L << 20));
    }
  }

  private static void ask(
      ControlPlane plane, UUID session, AtomicInteger left, CountDownLatch over) {
    List<Integer> parts = IntStream.rangeClosed(1, MOST_URLS).boxed().toList();
    try {
      for (int n = left.getAndDecrement(); n > 0; n = left.getAndDecrement()) {
        Question<?> question =
            n % 2 == 0 ? Question.status(PROJECT, session) : presign(session, parts);
        done(plane.ask(question));
      }
    } catch (UnreachableException | InterruptedException e) {
      left.set(Integer.MAX_VALUE / 2);
      throw new IllegalStateException(e);
    } finally {
      over.countDown();
    }
  }
}
