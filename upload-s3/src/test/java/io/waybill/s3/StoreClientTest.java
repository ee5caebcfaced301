package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.ScriptedServer.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a store is talked to: connections, time, and what can stand in an answer. */
class StoreClientTest {

  private static final int CALLERS = 32;
  private static final int CALLS = 20;
  private static final ObjectLocation LOCATION =
      new ObjectLocation("local", "robot-data", "tenants/a/run.mcap");
  private static final Line MADE = answer(200, "<Result><UploadId>u</UploadId></Result>");

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void callers_keep_their_connections() throws Exception {
    server.says(MADE);
    try (S3ObjectStore store = server.store();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      Callable<Integer> caller =
          () -> {
            for (int i = 0; i < CALLS; i++) {
              assertThat(create(store)).isEqualTo(new CreateOutcome.Created("u"));
            }
            return CALLS;
          };
      for (Future<Integer> done : callers.invokeAll(Collections.nCopies(CALLERS, caller))) {
        assertThat(done.get()).isEqualTo(CALLS);
      }
    }

    assertThat(server.seen()).hasSize(CALLERS * CALLS);
    assertThat(server.connections()).isLessThanOrEqualTo(CALLERS);
  }

  @Test
  void no_more_connections_are_opened_than_are_set() throws Exception {
    server.says(MADE);
    try (S3ObjectStore store = server.storeWithConnections(3);
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      Callable<CreateOutcome> caller = () -> create(store);
      for (Future<CreateOutcome> done :
          callers.invokeAll(Collections.nCopies(CALLERS * 3, caller))) {
        assertThat(done.get()).isEqualTo(new CreateOutcome.Created("u"));
      }
    }

    assertThat(server.connections()).isLessThanOrEqualTo(3);
  }

  @Test
  void an_error_answer_keeps_its_connection() {
    try (S3ObjectStore store = server.store()) {
      for (Line line :
          List.of(error(404, "NoSuchUpload"), error(503, "SlowDown"), answer(403, ""), MADE)) {
        server.says(line);
        create(store);
      }
    }

    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void a_connection_that_the_store_has_closed_is_not_used_again() {
    try (S3ObjectStore store = server.store()) {
      server.says(MADE.andClose());
      for (int i = 0; i < 3; i++) {
        assertThat(create(store)).isEqualTo(new CreateOutcome.Created("u"));
      }
    }

    assertThat(server.connections()).isEqualTo(3);
  }

  @Test
  void a_phase_ends_a_batch_of_any_size_at_a_silent_store() {
    server.says(server.silence());
    try (S3ObjectStore store = server.store()) {
      List<CreateOutcome> outcomes =
          store
              .within(Duration.ofMillis(300))
              .createUploads(Collections.nCopies(100, new NewUpload(LOCATION, "video/mp4")));

      assertThat(outcomes).hasSize(100).hasOnlyElementsOfType(CreateOutcome.Unavailable.class);
      assertThat(server.seen()).as("calls that were begun").hasSizeLessThanOrEqualTo(16);
    }
  }

  @Test
  void after_its_phase_nothing_is_asked() {
    server.says(MADE);
    try (S3ObjectStore store = server.store()) {
      assertThatExceptionOfType(Outage.class)
          .isThrownBy(() -> store.within(Duration.ZERO).head(LOCATION))
          .withMessageContaining("no answer in time");
    }

    assertThat(server.seen()).isEmpty();
  }

  @Test
  void a_listing_of_quoted_etags_is_read_however_long() {
    String parts =
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(
                "<Part><PartNumber>%d</PartNumber><ETag>&quot;e&quot;</ETag><Size>5</Size></Part>"
                    ::formatted)
            .collect(Collectors.joining());
    server.says(
        answer(200, "<ListPartsResult><UploadId>u</UploadId>" + parts + "</ListPartsResult>"));
    try (S3ObjectStore store = server.store()) {
      assertThat(store.listParts(LOCATION, "u"))
          .asInstanceOf(type(ListOutcome.Parts.class))
          .extracting(ListOutcome.Parts::parts)
          .satisfies(listed -> {
            assertThat(listed).hasSize(10_000);
            assertThat(listed).extracting(StoredPart::etag).containsOnly("\"e\"");
          });
    }
  }

  @Test
  void nothing_is_fetched_or_unfolded_for_an_answer() {
    String secret = "<!DOCTYPE R [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>";
    String bomb = "<!DOCTYPE R [<!ENTITY a \"b\"><!ENTITY x \"&a;&a;\">]>";
    try (S3ObjectStore store = server.store()) {
      for (String doctype : List.of(secret, bomb)) {
        server.says(answer(200, doctype + "<R><UploadId>&x;</UploadId></R>"));

        assertThat(create(store)).isInstanceOf(CreateOutcome.Unavailable.class);
      }
    }
  }

  @Test
  void an_endless_answer_is_no_answer() {
    List<String> many = Collections.nCopies(1 << 20, "<Part><Size>5</Size></Part>");
    server.says(answer(200, "<R>" + String.join("", many) + "</R>"));
    try (S3ObjectStore store = server.store()) {
      assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.listParts(LOCATION, "u"));
    }
  }

  @Test
  void ten_thousand_parts_are_completed_in_one_body() {
    server.says(
        answer(200, "<CompleteMultipartUploadResult><Key>k</Key></CompleteMultipartUploadResult>"));
    List<StoredPart> parts = new ArrayList<>();
    for (int number = 1; number <= 10_000; number++) {
      parts.add(new StoredPart(number, "\"a&b<" + number + "\"", 5, Instant.EPOCH));
    }
    try (S3ObjectStore store = server.store()) {
      assertThat(store.complete(LOCATION, "u", parts)).isEqualTo(new CompleteOutcome.Done());
    }

    assertThat(server.seen().getFirst().body())
        .contains("<ETag>\"a&amp;b&lt;10000\"</ETag><PartNumber>10000</PartNumber>")
        .contains("<PartNumber>1</PartNumber>");
  }

  private static CreateOutcome create(S3ObjectStore store) {
    return store.createUploads(List.of(new NewUpload(LOCATION, "video/mp4"))).getFirst();
  }
}
