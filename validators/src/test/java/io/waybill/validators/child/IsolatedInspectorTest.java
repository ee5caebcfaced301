package io.waybill.validators.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.validation.FileInspector;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.validators.Sample;
import io.waybill.validators.reading.InspectionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes, and readers that do what no reader should. */
class IsolatedInspectorTest {

  private static final InspectionLimits LIMITS =
      new InspectionLimits(64, 32L << 20, Duration.ofSeconds(3), 64);

  private final IsolatedInspector inspector =
      new IsolatedInspector(
          NaughtyReaders.all(),
          Launch.of(NaughtyReaders.class, ReaderProcess.class, FileInspector.class),
          LIMITS);

  @AfterEach
  void close() {
    inspector.close();
  }

  @ParameterizedTest
  @CsvSource({
    "loop, the reader ended: it took too long",
    "eat, the reader ended: out of memory",
    "claim, the reader ended: out of memory",
    "exit, the reader ended: its process ended with status 0",
    "halt, the reader ended: its process ended with status 7",
    "garbage, the reader ended: it wrote what is no answer",
    "recurse, the reader broke: java.lang.StackOverflowError",
    "throw, the reader broke: java.util.NoSuchElementException"
  })
  void what_a_reader_does_fails_it_and_the_next_file_is_read(String reader, String error) {
    Judgement judgement = look("file." + reader);

    assertThat(judgement.status()).isEqualTo(ValidationStatus.FAILED);
    assertThat(judgement.validator()).isEqualTo(reader);
    assertThat(judgement.errors()).singleElement().asString().startsWith(error);
    assertThat(look("table.csv").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void what_a_reader_prints_does_no_harm() {
    assertThat(look("file.print").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void one_process_reads_one_file_after_the_other() {
    look("a.csv");
    List<Long> first = inspector.pids();
    look("b.csv");

    assertThat(inspector.pids()).hasSize(1).isEqualTo(first);
  }

  @Test
  void a_process_that_was_killed_while_it_was_idle_is_replaced() {
    look("a.csv");
    ProcessHandle child = ProcessHandle.of(inspector.pids().getFirst()).orElseThrow();
    child.destroyForcibly();
    child.onExit().join();

    assertThat(look("b.csv").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void a_process_that_is_killed_while_it_reads_fails_that_reader() {
    Judgement judgement =
        inspector
            .inspect(
                new Subject("file.greedy", "", 8L << 20),
                (offset, length) -> {
                  if (offset > 0) {
                    ProcessHandle.of(inspector.pids().getFirst()).orElseThrow().destroyForcibly();
                  }
                  return new byte[length];
                })
            .getFirst();

    assertThat(judgement.errors()).singleElement().asString().contains("ended with status 137");
    assertThat(look("b.csv").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void no_reader_is_given_more_ranges_and_bytes_than_the_limit() {
    AtomicInteger ranges = new AtomicInteger();
    AtomicLong read = new AtomicLong();

    Judgement judgement =
        inspector
            .inspect(
                new Subject("file.greedy", "", 1L << 40),
                (offset, length) -> {
                  ranges.incrementAndGet();
                  read.addAndGet(length);
                  return new byte[length];
                })
            .getFirst();

    assertThat(judgement.status()).isEqualTo(ValidationStatus.SKIPPED);
    assertThat(judgement.extracted().get("unfinished")).asString().contains("more than 64 ranges");
    assertThat(ranges).hasValue(64);
    assertThat(read).hasValueLessThanOrEqualTo(LIMITS.bytes());
    assertThat(look("b.csv").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void an_outage_of_storage_is_the_callers_to_hear() {
    AtomicInteger ranges = new AtomicInteger();

    assertThatThrownBy(() ->
            inspector.inspect(
                new Subject("file.greedy", "", 8L << 20),
                (offset, length) -> {
                  if (ranges.incrementAndGet() == 3) {
                    throw Outage.storage("gone", new IOException());
                  }
                  return new byte[length];
                }))
        .isInstanceOf(Outage.Storage.class);
    assertThat(look("b.csv").status()).isEqualTo(ValidationStatus.PASSED);
  }

  @Test
  void no_process_is_left_when_the_inspector_is_closed() {
    look("a.csv");
    ProcessHandle child = ProcessHandle.of(inspector.pids().getFirst()).orElseThrow();

    inspector.close();

    Awaitility.await().until(() -> !child.isAlive());
  }

  @Test
  void a_process_whose_input_ends_ends_even_while_its_reader_loops() throws Exception {
    Process child =
        Launch.of(NaughtyReaders.class, ReaderProcess.class, FileInspector.class).start(LIMITS);
    Pipe pipe = new Pipe(child.getInputStream(), child.getOutputStream(), 1000);
    assertThat(pipe.receive().type).isEqualTo(Pipe.HELLO);
    pipe.send(Pipe.JOB, Values.write(List.of("loop", 5L, new byte[5])));

    child.getOutputStream().close();

    Awaitility.await().until(() -> !child.isAlive());
  }

  @Test
  void our_own_readers_start_from_their_jars_and_know_the_demo_recording() throws IOException {
    byte[] demo = Files.readAllBytes(Path.of("..", "seeds", "robot-run-42.mcap"));
    try (IsolatedInspector ours = new IsolatedInspector(InspectionLimits.DEFAULT)) {
      assertThat(ours.inspect(new Subject("run", "", demo.length), Sample.stored(demo)))
          .singleElement()
          .satisfies(judgement -> {
            assertThat(judgement.status()).isEqualTo(ValidationStatus.PASSED);
            assertThat(judgement.extracted()).containsEntry("messages", 33_066L);
          });
      assertThat(ours.inspect(new Subject("x.bin", "", 4), Sample.stored(new byte[4]))).isEmpty();
    }
  }

  private Judgement look(String name) {
    byte[] table = "a,b\n1,2\n".getBytes(UTF_8);
    return inspector.inspect(new Subject(name, "", table.length), Sample.stored(table)).getFirst();
  }
}
