package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.control.Patience;
import io.waybill.agent.control.PatientControlPlane;
import io.waybill.agent.control.WaitListener;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.testing.DirectControlPlane;
import io.waybill.agent.testing.FakeServer;
import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.transfer.Backoff;
import io.waybill.agent.transfer.NettyPartStore;
import io.waybill.agent.upload.UploadEnd.Outcome;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UploadRunTest {

  private static final int PART = 100_000;
  private static final int PARTS = 12;

  @TempDir Path directory;
  private final List<UploadStep> steps = new CopyOnWriteArrayList<>();
  private final LoopbackStore store = new LoopbackStore();
  private final FakeServer server = new FakeServer(store, PART);
  private final DirectControlPlane road = new DirectControlPlane(server);
  private final NettyPartStore parts = new NettyPartStore(0, Duration.ofSeconds(1), null);
  private UploadListener listener = steps::add;
  private UploadSettings.Patience patience =
      new UploadSettings.Patience(
          new Backoff(Duration.ofMillis(5), Duration.ofMillis(40)),
          Duration.ofMillis(200),
          Duration.ZERO);
  private Spool spool;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void aFile() throws IOException {
    spool = Spool.open(directory.resolve("state"), (path, reason) -> {});
    file = directory.resolve("run 42.mcap");
    bytes = new byte[PART * (PARTS - 1) + 17];
    new Random(17).nextBytes(bytes);
    Files.write(file, bytes);
  }

  @AfterEach
  void close() {
    parts.close();
    store.close();
  }

  private UploadSettings quick() {
    return new UploadSettings(
        4,
        new Backoff(Duration.ofMillis(5), Duration.ofMillis(40)),
        Duration.ofMillis(300),
        3,
        Duration.ofMillis(50),
        Duration.ofMillis(20),
        Duration.ofMillis(300),
        Duration.ofMillis(50),
        patience);
  }

  private static final Duration LONG = Duration.ofHours(1);

  private static Backoff quickly() {
    return new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
  }

  private int attempts() {
    return IntStream.rangeClosed(1, PARTS).map(p -> store.attempts(onlySession(), p)).sum();
  }

  private Manifest plan(Path... paths) throws IOException {
    List<FileEntry> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(
          FileEntry.planned(
              path.toString(), path.getFileName().toString(), FileStamp.of(path), null));
    }
    Manifest manifest =
        Manifest.planned(
            UUID.randomUUID().toString(),
            new Manifest.Owner(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString()),
            "run",
            Instant.now(),
            files);
    spool.save(manifest);
    return manifest;
  }

  private UploadEnd run(Manifest manifest) throws InterruptedException {
    return new UploadRun(manifest, place(), quick()).run();
  }

  private UploadRun.Place place() {
    PatientControlPlane patient =
        new PatientControlPlane(
            road,
            new Patience(Duration.ofMillis(100), Duration.ofSeconds(2)),
            (failures, wish) -> Duration.ofMillis(5),
            WaitListener.SILENT);
    return new UploadRun.Place(spool, patient, parts, step -> listener.step(step));
  }

  private String onlySession() {
    assertThat(server.sessions()).hasSize(1);
    return server.sessions().getFirst();
  }

  private <S extends UploadStep> List<S> steps(Class<S> type) {
    return steps.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void a_file_arrives_whole_and_its_manifest_says_so() throws Exception {
    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(server.status(onlySession())).isEqualTo("COMPLETED");
    assertThat(spool.read(end.manifest().uploadId())).contains(end.manifest());
    assertThat(steps(UploadStep.Completed.class)).hasSize(1);
  }

  @Test
  void the_first_urls_come_with_the_create_and_the_others_in_batches_just_ahead() throws Exception {
    run(plan(file));

    assertThat(server.asked(Command.CreateSession.class)).hasSize(1);
    assertThat(server.asked(Command.PresignParts.class))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.encoding()).isEqualTo(Command.Encoding.COMPACT))
        .hasSizeLessThan(PARTS - 4);
  }

  @Test
  void parts_are_acknowledged_in_batches_before_completing() throws Exception {
    run(plan(file));

    List<Command.AcknowledgePart> acks = server.asked(Command.AcknowledgePart.class);
    assertThat(acks.stream().flatMap(a -> a.parts().stream()).map(Command.SentPart::partNumber))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, PARTS).boxed().toList());
    assertThat(acks).hasSizeLessThan(PARTS);
    assertThat(server.asked().getLast()).isInstanceOf(Command.CompleteUpload.class);
  }

  @Test
  void several_files_are_one_task_and_one_bad_file_does_not_hold_the_others() throws Exception {
    Path second = Files.write(directory.resolve("b.bin"), Arrays.copyOf(bytes, PART * 2));
    Path third = Files.write(directory.resolve("c.bin"), Arrays.copyOf(bytes, 5));
    listener =
        step -> {
          steps.add(step);
          if (step instanceof UploadStep.Opened opened && opened.file().equals("b.bin")) {
            store.script((session, part, attempt) ->
                session.equals(opened.sessionId())
                    ? Fate.answer(400, "EntityTooLarge")
                    : Fate.TAKE);
          }
        };

    UploadEnd end = run(plan(second, file, third));

    assertThat(server.asked(Command.CreateSession.class)).hasSize(1);
    assertThat(end.manifest().files())
        .extracting(FileEntry::state)
        .containsExactly(FileState.REFUSED, FileState.DONE, FileState.DONE);
    assertThat(end.manifest().files().getFirst().reason()).contains("400 EntityTooLarge");
    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void faults_of_every_kind_end_in_the_same_object() throws Exception {
    Fate[] faults = {
      Fate.answer(503, "SlowDown"),
      Fate.answer(500, "InternalError"),
      Fate.answer(429, ""),
      Fate.answer(408, ""),
      new Fate.ResetMidBody(),
      new Fate.TakeAndReset(),
      new Fate.AnswerEarly(403, "AccessDenied"),
      Fate.answer(403, "AccessDenied"),
      Fate.answer(400, "RequestTimeout"),
      Fate.answer(400, "IncompleteBody"),
      Fate.answer(400, "BadDigest"),
      new Fate.Silence()
    };
    store.script(
        (session, part, attempt) -> attempt == 1 ? faults[part % faults.length] : Fate.TAKE);

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(steps(UploadStep.Again.class)).hasSizeGreaterThanOrEqualTo(PARTS);
  }

  @Test
  void a_part_that_fails_often_is_sent_until_it_arrives() throws Exception {
    store.script((session, part, attempt) ->
        part == 3 && attempt < 30 ? Fate.answer(503, "SlowDown") : Fate.TAKE);

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.attempts(onlySession(), 3)).isEqualTo(30);
  }

  @Test
  void three_refused_fresh_urls_of_a_part_make_the_file_wait_and_say_why() throws Exception {
    store.script((session, part, attempt) ->
        part == 2 && attempt <= 3 ? Fate.answer(403, "AccessDenied") : Fate.TAKE);

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);

    assertThat(steps(UploadStep.Waiting.class))
        .first()
        .satisfies(w -> assertThat(w.reason()).contains("part 2", "403 AccessDenied", "three"));
    assertThat(
            server.asked(Command.PresignParts.class).stream()
                .filter(p -> Optional.ofNullable(p.partNumbers()).orElse(List.of()).contains(2)))
        .hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void bad_digest_is_read_again_once_and_then_stops_with_the_reason() throws Exception {
    store.script((session, part, attempt) -> part == 5 ? Fate.answer(400, "BadDigest") : Fate.TAKE);

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(store.attempts(onlySession(), 5)).isEqualTo(2);
    assertThat(end.manifest().files().getFirst().reason()).contains("part 5", "BadDigest");
  }

  @Test
  void a_store_that_forgot_the_upload_is_checked_with_the_server_and_the_object_retried()
      throws Exception {
    store.script((session, part, attempt) -> {
      if (server.sessions().size() == 1) {
        server.fail(session, "storage.upload_missing");
        return Fate.answer(404, "NoSuchUpload");
      }
      return Fate.TAKE;
    });

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(server.sessions()).hasSize(2);
    assertThat(store.object(server.sessions().getLast())).isEqualTo(bytes);
    assertThat(end.manifest().files().getFirst().retries()).isEqualTo(1);
  }

  @Test
  void a_second_run_sends_only_what_the_store_lacks() throws Exception {
    Manifest stopped = stopAfter(5);
    int before = IntStream.rangeClosed(1, PARTS).map(p -> store.attempts(onlySession(), p)).sum();
    int stored = store.parts(onlySession()).size();

    UploadEnd end = run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(IntStream.rangeClosed(1, PARTS).map(p -> store.attempts(onlySession(), p)).sum())
        .isEqualTo(before + PARTS - stored);
  }

  @Test
  void a_second_run_works_from_rows_as_well_as_from_ranges() throws Exception {
    Manifest stopped = stopAfter(5);
    server.rowsOnly();

    assertThat(run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void what_the_manifest_believes_stored_and_the_store_lost_is_sent_again() throws Exception {
    Manifest stopped = stopAfter(5);
    store.lose(onlySession(), 1);

    assertThat(run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void parts_lost_before_completing_are_named_by_the_server_and_sent_again() throws Exception {
    AtomicInteger completes = new AtomicInteger();
    server.script(command -> {
      if (command instanceof Command.CompleteUpload && completes.incrementAndGet() == 1) {
        store.lose(server.sessions().getFirst(), 7);
      }
      return Optional.empty();
    });

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(store.attempts(onlySession(), 7)).isEqualTo(2);
  }

  @Test
  void a_crash_between_create_and_its_answer_makes_no_second_task() throws Exception {
    Manifest manifest = plan(file);
    server.answer(createOf(manifest), manifest.idempotencyKey());

    assertThat(run(manifest).outcome()).isEqualTo(Outcome.DONE);
    assertThat(server.sessions()).hasSize(1);
  }

  @Test
  void an_expired_session_lives_on_with_its_parts_while_it_can() throws Exception {
    Manifest stopped = stopAfter(5);
    server.become(onlySession(), "EXPIRED");

    assertThat(run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(server.asked(Command.ExtendUpload.class)).hasSize(1);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void a_session_that_was_cleaned_up_is_started_over() throws Exception {
    Manifest stopped = stopAfter(5);
    server.cleanUp(onlySession());

    assertThat(run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(server.sessions()).hasSize(2);
    assertThat(store.object(server.sessions().getLast())).isEqualTo(bytes);
  }

  @Test
  void a_session_that_somebody_aborted_is_not_started_over() throws Exception {
    Manifest stopped = stopAfter(5);
    server.become(onlySession(), "ABORTED");

    UploadEnd end = run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.manifest().files().getFirst().state()).isEqualTo(FileState.ABORTED);
    assertThat(server.sessions()).hasSize(1);
  }

  @Test
  void a_pause_on_the_server_is_obeyed_until_it_is_resumed() throws Exception {
    listener =
        step -> {
          steps.add(step);
          if (step instanceof UploadStep.Stored stored && stored.part() == 4) {
            server.become(server.sessions().getFirst(), "PAUSED");
          }
          if (step instanceof UploadStep.Waiting) {
            server.become(server.sessions().getFirst(), "UPLOADING");
          }
        };
    store.wire(in -> new SlowInput(in, 10));

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(steps(UploadStep.Waiting.class)).isNotEmpty();
    assertThat(steps(UploadStep.GoesOn.class)).isNotEmpty();
  }

  @Test
  void parts_go_on_with_the_urls_in_hand_while_the_server_is_away() throws Exception {
    listener =
        step -> {
          steps.add(step);
          if (step instanceof UploadStep.Opened) {
            road.cut(true);
          }
        };

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(store.parts(onlySession())).hasSize(8);
    road.cut(false);
    assertThat(run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(IntStream.rangeClosed(1, PARTS).map(p -> store.attempts(onlySession(), p)))
        .containsOnly(1);
  }

  @Test
  void not_now_is_asked_again_later() throws Exception {
    AtomicInteger refusals = new AtomicInteger();
    server.script(command ->
        refusals.incrementAndGet() % 2 == 1
            ? Optional.of(FakeServer.error("storage.unavailable", true, 0L))
            : Optional.empty());

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void a_create_that_can_never_be_carried_out_ends_it_with_the_servers_own_words()
      throws Exception {
    server.script(
        command -> Optional.of(FakeServer.error("request.validation_failed", false, null)));

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.manifest().files().getFirst().state()).isEqualTo(FileState.REFUSED);
    assertThat(end.manifest().files().getFirst().reason())
        .isEqualTo("request.validation_failed: as told");
  }

  @Test
  void rights_that_are_missing_now_end_the_run_and_never_the_upload() throws Exception {
    server.script(command -> Optional.of(FakeServer.error("auth.permission_denied", false, null)));

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.turnedAway()).isEqualTo("auth.permission_denied: as told");
    assertThat(end.manifest().files().getFirst().state()).isEqualTo(FileState.PLANNED);
    assertThat(end.manifest().files().getFirst().waiting())
        .isNotNull()
        .satisfies(w -> assertThat(w.reason()).isEqualTo("auth.permission_denied: as told"));
    server.script(command -> Optional.empty());
    assertThat(run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auth.permission_denied",
        "device.not_found",
        "upload_session.not_found",
        "project.not_found",
        "storage.refused",
        "quota.bytes_exceeded",
        "a.code_of_tomorrow"
      })
  void whatever_the_server_refuses_of_an_open_session_for_now_is_waited_for(String code)
      throws Exception {
    Manifest stopped = stopAfter(5);
    patience = new UploadSettings.Patience(quickly(), LONG, LONG);
    AtomicInteger refusals = new AtomicInteger();
    server.script(command ->
        refusals.incrementAndGet() <= 3
            ? Optional.of(FakeServer.error(code, false, null))
            : Optional.empty());

    UploadEnd end = run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(steps(UploadStep.Waiting.class))
        .first()
        .satisfies(w -> {
          assertThat(w.reason()).contains(code);
          assertThat(w.nextTry()).isNotNull();
        });
  }

  @Test
  void a_reconcile_that_storage_refused_is_no_list_and_nothing_is_sent_again() throws Exception {
    Manifest stopped = stopAfter(5);
    int stored = store.parts(onlySession()).size();
    int before = attempts();
    patience = new UploadSettings.Patience(quickly(), LONG, LONG);
    AtomicInteger lists = new AtomicInteger();
    server.script(command ->
        command instanceof Command.ListParts && lists.incrementAndGet() <= 2
            ? Optional.of(FakeServer.error("storage.refused", false, null))
            : Optional.empty());

    assertThat(run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(attempts()).isEqualTo(before + PARTS - stored);
  }

  @Test
  void a_server_that_is_busy_for_longer_than_we_ask_has_refused_nothing() throws Exception {
    server.script(
        command -> Optional.of(FakeServer.error("quota.open_uploads_exceeded", true, 0L)));

    UploadEnd end = run(plan(file));

    assertThat(end.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(end.unreachable()).contains("quota.open_uploads_exceeded");
    server.script(command -> Optional.empty());
    assertThat(run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_device_that_is_turned_away_keeps_its_uploads() throws Exception {
    Manifest stopped = stopAfter(5);
    server.script(command -> Optional.of(FakeServer.error("device.inactive", false, null)));

    UploadEnd end = run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.turnedAway()).contains("device.inactive");
    assertThat(spool.unfinished()).hasSize(1);
    server.script(command -> Optional.empty());
    assertThat(run(end.manifest()).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_paused_upload_does_not_wait_for_ever_for_a_server_that_is_away() throws Exception {
    listener =
        step -> {
          steps.add(step);
          if (step instanceof UploadStep.Opened) {
            server.become(server.sessions().getFirst(), "PAUSED");
          }
          if (step instanceof UploadStep.Waiting) {
            road.cut(true);
          }
        };
    store.wire(in -> new SlowInput(in, 10));

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.UNREACHABLE);
  }

  @Test
  void a_file_that_is_not_in_the_task_ends_instead_of_waiting_for_it() throws Exception {
    Manifest manifest = plan(file).withTask(UUID.randomUUID().toString());

    UploadEnd end = run(manifest);

    assertThat(end.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(end.manifest().files().getFirst().reason()).contains("waybill-agent upload");
  }

  @Test
  void a_defect_on_the_road_ends_the_run_instead_of_leaving_it_waiting() throws Exception {
    Manifest manifest = plan(file);
    server.script(command -> {
      throw new IllegalStateException("a bug");
    });

    org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(manifest))
        .isInstanceOf(IllegalStateException.class);
    assertThat(spool.unfinished()).hasSize(1);
  }

  @Test
  void the_session_is_extended_when_half_of_its_life_is_gone_by_the_servers_clock()
      throws Exception {
    server.sessionLife(Duration.ofSeconds(2)).clockAhead(Duration.ofDays(400));
    store.wire(in -> new SlowInput(in, 40));

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);

    assertThat(server.asked(Command.ExtendUpload.class)).isNotEmpty();
    assertThat(steps(UploadStep.Warned.class))
        .anySatisfy(w -> assertThat(w.text()).contains("clock"));
  }

  @Test
  void urls_that_ran_out_are_asked_for_again() throws Exception {
    server.urlLife(Duration.ofSeconds(1));
    store.wire(in -> new SlowInput(in, 10));

    assertThat(run(plan(file)).outcome()).isEqualTo(Outcome.DONE);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void a_hold_on_this_machine_stops_parts_until_it_is_released() throws Exception {
    Manifest manifest = plan(file);
    spool.hold(manifest.uploadId());
    listener =
        step -> {
          steps.add(step);
          if (step instanceof UploadStep.Waiting) {
            release(manifest.uploadId());
          }
        };

    assertThat(run(manifest).outcome()).isEqualTo(Outcome.DONE);
    assertThat(steps(UploadStep.Waiting.class)).hasSize(1);
  }

  @Test
  void no_url_and_no_signature_is_ever_written_down() throws Exception {
    Manifest stopped = stopAfter(5);

    assertThat(Files.readString(spool.pathOf(stopped.uploadId())))
        .doesNotContain("http:", "Signature", "uploadId=");
  }

  /** Runs until so many parts are stored, then loses the server: what a killed process leaves. */
  private Manifest stopAfter(int stored) throws Exception {
    AtomicInteger count = new AtomicInteger();
    store.script((session, part, attempt) -> {
      if (count.incrementAndGet() > stored) {
        road.cut(true);
        return new Fate.ResetMidBody();
      }
      return Fate.TAKE;
    });
    UploadEnd end = run(plan(file));
    assertThat(end.outcome()).isEqualTo(Outcome.UNREACHABLE);
    store.script((session, part, attempt) -> Fate.TAKE);
    road.cut(false);
    steps.clear();
    return spool.read(end.manifest().uploadId()).orElseThrow();
  }

  private static Command.CreateSession createOf(Manifest manifest) {
    return new Command.CreateSession(
        UUID.fromString(manifest.projectId()),
        manifest.taskName(),
        "device",
        null,
        null,
        null,
        manifest.files().stream()
            .map(f ->
                new Command.NewObject(
                    null,
                    f.objectName(),
                    f.stamp().sizeBytes(),
                    null,
                    null,
                    null,
                    java.util.Map.of()))
            .toList(),
        java.util.Map.of(),
        null);
  }

  private void release(String uploadId) {
    try {
      spool.release(uploadId);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A network that gives 8 KiB at a time, and not often. */
  private static final class SlowInput extends java.io.FilterInputStream {
    private final int millis;

    SlowInput(java.io.InputStream in, int millis) {
      super(in);
      this.millis = millis;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      java.util.concurrent.locks.LockSupport.parkNanos(millis * 1_000_000L);
      return super.read(into, at, Math.min(length, 8_192));
    }
  }
}
