package io.waybill.agent.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.testing.TestReceipts;
import io.waybill.testkit.FreePort;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to the files, the store, the network or the clock, the daemon goes on. */
class DaemonInTroubleTest extends DaemonStage {
  private static final int PARTS = 6;

  private volatile boolean holding = true;

  @BeforeEach
  void looksOften() {
    more.put("WAYBILL_AGENT_RESCAN", "1s");
  }

  /** What becomes of a file while it is being uploaded. */
  enum Fortune {
    TRUNCATED {
      @Override
      void befalls(Path file) throws IOException {
        Files.write(file, first(file, PART + 1));
      }
    },
    GROWN {
      @Override
      void befalls(Path file) throws IOException {
        Files.writeString(file, "and so on", StandardOpenOption.APPEND);
      }
    },
    REPLACED {
      @Override
      void befalls(Path file) throws IOException {
        byte[] other = Files.readAllBytes(file);
        other[other.length - 1]++;
        Path fresh = Files.write(file.resolveSibling(".fresh"), other);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    DELETED {
      @Override
      void befalls(Path file) throws IOException {
        Files.delete(file);
      }
    };

    abstract void befalls(Path file) throws IOException;

    private static byte[] first(Path file, int length) throws IOException {
      return Arrays.copyOf(Files.readAllBytes(file), length);
    }
  }

  /** Begins an upload that gets no further than its second part until {@link #goOn}. */
  private Path halfway() throws IOException {
    Path file = drop("run.mcap", PARTS * PART);
    store.script((session, part, attempt) -> {
      while (part > 2 && holding && session.equals(server.sessions().getFirst())) {
        LockSupport.parkNanos(1_000_000);
      }
      return Fate.TAKE;
    });
    run("");
    await(() ->
        !server.sessions().isEmpty() && store.parts(server.sessions().getFirst()).size() == 2);
    return file;
  }

  private void goOn() {
    holding = false;
  }

  private List<byte[]> objects() {
    return stored().stream().map(store::object).toList();
  }

  @ParameterizedTest
  @EnumSource
  void a_file_that_changes_on_its_way_is_never_stored_as_a_mixture(Fortune fortune)
      throws Exception {
    Path file = halfway();
    byte[] before = Files.readAllBytes(file);
    fortune.befalls(file);
    byte[] after = Files.exists(file) ? Files.readAllBytes(file) : null;
    goOn();
    Path other = drop("other.mcap", PART);
    byte[] others = Files.readAllBytes(other);

    await(() -> objects().stream().anyMatch(bytes -> Arrays.equals(bytes, others)));
    if (after != null) {
      await(() -> objects().stream().anyMatch(bytes -> Arrays.equals(bytes, after)));
    }
    for (byte[] object : objects()) {
      assertThat(List.of(before, others, after == null ? before : after))
          .as("whole, as it was or as it is")
          .anyMatch(whole -> Arrays.equals(whole, object));
    }
  }

  /** Even root cannot read a directory as a file. */
  @Test
  void a_file_that_cannot_be_read_for_a_while_is_the_same_file_afterwards() throws Exception {
    Path file = halfway();
    byte[] bytes = Files.readAllBytes(file);
    Path elsewhere = Files.move(file, temporary.resolve("elsewhere"));
    Files.createDirectory(file);
    goOn();
    drop("other.mcap", PART);
    awaitStored(1);

    Files.delete(file);
    Files.move(elsewhere, file);
    awaitStored(2);
    assertThat(objects()).anyMatch(object -> Arrays.equals(object, bytes));
    assertThat(server.asked(Command.CreateSession.class)).as("two tasks").hasSize(2);
  }

  @Test
  void a_directory_that_goes_away_and_comes_back_is_watched_again() throws Exception {
    Path file = halfway();
    byte[] bytes = Files.readAllBytes(file);
    Path elsewhere = Files.move(data, temporary.resolve("elsewhere"));
    goOn();
    await(() -> said().contains("it is not there"));
    Files.move(elsewhere, data);
    awaitStored(1);
    drop("after.mcap", PART);
    awaitStored(2);

    assertThat(objects().getFirst()).isEqualTo(bytes);
    assertThat(server.asked(Command.CreateSession.class)).hasSize(2);
  }

  @Test
  void a_store_that_is_too_busy_gets_every_part_in_the_end_and_once() throws Exception {
    store.script((session, part, attempt) ->
        attempt <= 2 ? Fate.answer(503, attempt == 1 ? "SlowDown" : "") : Fate.TAKE);
    for (int n = 0; n < 4; n++) {
      drop("run-" + n + ".mcap", 3 * PART);
    }
    run("");
    awaitStored(4);

    for (String session : stored()) {
      for (int part = 1; part <= 3; part++) {
        assertThat(store.attempts(session, part)).isEqualTo(3);
      }
    }
  }

  /** A portal that says it has the part: nobody notices before the server asks the store. */
  @Test
  void what_only_seemed_to_be_stored_is_found_missing_and_sent() throws Exception {
    Path file = drop("run.mcap", 4 * PART);
    store.script((session, part, attempt) ->
        part % 2 == 0 && attempt == 1
            ? new Fate.Answer(200, "", "ETag: \"0123456789abcdef\"\r\n")
            : Fate.TAKE);
    run(", after_upload: delete");
    byte[] bytes = Files.readAllBytes(file);
    await(() -> Files.notExists(file));

    assertThat(objects()).hasSize(1);
    assertThat(objects().getFirst()).isEqualTo(bytes);
  }

  @Test
  void a_broker_that_is_away_all_the_time_is_gone_around() throws Exception {
    more.put("WAYBILL_AGENT_TRANSPORT", "mqtt");
    more.put("WAYBILL_MQTT_HOST", "127.0.0.1");
    more.put("WAYBILL_MQTT_PORT", "" + FreePort.any());
    Path file = drop("run.mcap", 3 * PART);
    run("");
    awaitStored(1);

    assertThat(objects().getFirst()).isEqualTo(Files.readAllBytes(file));
    assertThat(said()).contains("going on over " + api.url());
  }

  @ParameterizedTest
  @CsvSource({"7200, 7200", "-7200, -7200", "0, 7200", "0, -7200", "7200, -7200"})
  void a_clock_that_is_wrong_or_jumps_costs_nothing(int before, int after) throws Exception {
    server.clockAhead(Duration.ofSeconds(before));
    Path file = halfway();
    server.clockAhead(Duration.ofSeconds(after));
    goOn();
    awaitStored(1);

    assertThat(objects().getFirst()).isEqualTo(Files.readAllBytes(file));
    assertThat(server.asked(Command.PresignParts.class).size()).as("requests").isLessThan(20);
    for (int part = 1; part <= PARTS; part++) {
      assertThat(store.attempts(stored().getFirst(), part)).isEqualTo(1);
    }
  }

  /** Of a receipt of somebody else, and of one that was written to. */
  @ParameterizedTest
  @CsvSource({"true,  'which is not pinned'", "false, 'the receipt''s signature does not verify'"})
  void on_a_receipt_that_does_not_verify_nothing_is_deleted(boolean otherKey, String why)
      throws Exception {
    TestReceipts others = new TestReceipts();
    server.seals(session ->
        otherKey
            ? others.of(session, store.object(session))
            : forged(installation.of(session, store.object(session))));
    Path file = drop("run.mcap", 2 * PART);
    run(", after_upload: delete, max_local_bytes: 1K");
    await(() -> said().contains(why));
    server.seals(session -> installation.of(session, store.object(session)));
    Path next = drop("next.mcap", PART);
    await(() -> Files.notExists(next));

    assertThat(file).as("when what may go has gone").exists();
  }

  private static String forged(String receipt) {
    byte[] bytes = receipt.getBytes(US_ASCII);
    int inSignature = receipt.lastIndexOf('.') + 10;
    bytes[inSignature] = (byte) (bytes[inSignature] == 'A' ? 'B' : 'A');
    return new String(bytes, US_ASCII);
  }
}
