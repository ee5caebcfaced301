package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Whether rows, objects, sums and what was told say the same, when all is over. */
final class Agreement {
  /** What devices hear of, as {@code docs/events.md} says. */
  private static final String OF_DEVICES =
      """
      payload ->> 'source_device_id' is not null and type in ('upload.paused', 'upload.resumed',
        'upload.extended', 'upload.completed', 'upload.aborted', 'upload.expired', 'upload.failed',
        'upload.object_retried', 'dataset.ready', 'dataset.rejected', 'dataset.quarantined', 'dataset.released')\
      """;

  private final Site site;
  private final Database database;
  private final OpenUploads objects;

  Agreement(Site site) {
    this.site = site;
    this.database = site.database();
    this.objects = new OpenUploads(site.storeFolder());
  }

  /** How uploads have ended, in the words of events. */
  List<String> ends() {
    return database.texts(
        "select distinct type from outbox_events where aggregate_type = 'upload_session'");
  }

  /** Every session has ended, as what was said of it to people, and the store has what it says. */
  void ofSessions(Collection<String> completed) {
    assertThat(sessions("id::text", "status = 'COMPLETED'"))
        .as("nothing completed was deleted")
        .containsAll(completed);
    for (String key : sessions("object_key", "status = 'COMPLETED'")) {
      assertThat(objects.object(key)).isEqualTo(Lives.BYTES);
    }
    for (String key : sessions("object_key", "status <> 'COMPLETED'")) {
      assertThat(objects.hasObject(key)).isFalse();
    }
    List<String> carried = sessions("upload_id", "upload_id is not null");
    for (String key : sessions("object_key", "true")) {
      assertThat(objects.remainsOf(key))
          .as("what ended is gone, but what no session carries, which is swept a day later")
          .doesNotContainAnyElementsOf(carried);
    }
  }

  private List<String> sessions(String column, String which) {
    return database.texts("select " + column + " from upload_sessions where " + which);
  }

  /** Parts are those of their session; its dataset knows an object exactly where there is one. */
  void ofRows(Collection<String> acknowledged) {
    Set<String> sent =
        Set.copyOf(
            database.texts(
                """
                select s.id::text from upload_sessions s join upload_parts p on p.session_id = s.id
                where p.part_number = 1 and p.status = 'UPLOADED' and p.size_bytes = s.file_size_bytes\
                """));
    assertThat(sent).as("sessions whose part is known").containsAll(acknowledged);
    assertThat(database.count("select count(*) from upload_parts"))
        .as("no part beside them")
        .isEqualTo(sent.size());
    assertThat(
            database.count(
                """
                select count(*) from upload_sessions s join datasets d on d.id = s.dataset_id
                where (s.status = 'COMPLETED') <> (d.object_etag is not null)
                  or (s.status = 'COMPLETED') <> (d.status = 'READY')\
                """))
        .as("sessions and datasets that disagree")
        .isZero();
  }

  /** What is counted of tenants, projects and tasks is what is there. */
  void ofSums() {
    Path log = site.logs().resolve("quota.log");
    try (Program look =
        Program.start(
            log,
            site.environment(),
            "-Xmx128m",
            "io.waybill.server.Main",
            List.of("admin", "quota", "reconcile", "--look"))) {
      assertThat(look.exitCode()).as(look.output()).isZero();
    }
  }

  /** Webhooks are told of every upload and dataset; what they have not heard, with its delivery. */
  List<String> untoldToWebhook(Collection<JsonNode> heard) {
    return untold("webhook", "aggregate_type in ('upload_session', 'dataset')", heard);
  }

  /** The same of the device. */
  List<String> untoldToDevice(Collection<JsonNode> heard) {
    return untold("mqtt", OF_DEVICES, heard);
  }

  private List<String> untold(String sink, String which, Collection<JsonNode> heard) {
    Set<String> ids =
        heard.stream().map(event -> event.path("id").asString()).collect(Collectors.toSet());
    return database
        .texts(
            """
            select concat_ws(' ', e.id, e.type, e.aggregate_id, e.sequence, e.xid, e.position, coalesce(
              row(d.status, d.attempts, d.claim, d.next_attempt_at, d.delivered_at, d.last_error)::text,
              'no delivery'))
            from outbox_events e
            left join outbox_deliveries d on d.event_position = e.position and d.sink = ?
            where\
            """
                + " "
                + which
                + " order by e.position",
            sink)
        .stream()
        .filter(line -> !ids.contains(line.substring(0, line.indexOf(' '))))
        .toList();
  }

  /** Nobody refused anything twelve times, and everything that was told is written down as such. */
  boolean isEveryDeliverySettled() {
    return database.count("select count(*) from outbox_deliveries where status <> 'DELIVERED'")
        == 0;
  }

  /** What is told again may come late; what is told first comes in the order of its sequence. */
  static void ofOrder(String sink, List<JsonNode> heard) {
    Map<String, Long> last = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode event : heard) {
      if (seen.add(event.path("id").asString())) {
        String subject = event.path("subject").asString();
        long sequence = Long.parseLong(event.path("sequence").asString());
        assertThat(sequence)
            .as("%s of %s to %s", event.path("type"), subject, sink)
            .isGreaterThan(last.getOrDefault(subject, 0L));
        last.put(subject, sequence);
      }
    }
  }
}
