package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.EventEar;
import io.waybill.acceptance.site.HookReceiver;
import io.waybill.acceptance.site.StreamEar;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether everybody has heard what the outbox has, in its order, and what became of the rest. */
final class Told {
  /** What devices hear of, as {@code docs/events.md} says. */
  private static final String OF_DEVICES =
      """
      payload ->> 'source_device_id' is not null and type in ('upload.paused', 'upload.resumed',
        'upload.extended', 'upload.completed', 'upload.aborted', 'upload.expired', 'upload.failed',
        'upload.object_retried', 'dataset.ready', 'dataset.rejected', 'dataset.quarantined', 'dataset.released')\
      """;

  private static final String OF_DATA = "aggregate_type in ('upload_session', 'dataset')";

  private final Database database;

  Told(Database database) {
    this.database = database;
  }

  /** How uploads have ended, in the words of events. */
  List<String> ends() {
    return database.texts(
        "select distinct type from outbox_events where aggregate_type = 'upload_session'");
  }

  /** How many deliveries came to what. */
  List<String> deliveries() {
    return database.texts(
        "select concat_ws(' ', sink, status, count(*)) from outbox_deliveries group by sink, status");
  }

  /** Every event at least once, what is told first in the order of its thing. */
  void isHeardByAll(HookReceiver hook, EventEar ear, StreamEar console) {
    assertThat(ends())
        .as("all kinds of ends")
        .contains("upload.completed", "upload.aborted", "upload.expired");
    heard(() -> untold("webhook", OF_DATA, hook.taken()));
    heard(() -> untold("mqtt", OF_DEVICES, heard(ear)));
    heard(() -> untold("no sink", OF_DATA, console.heard()));
    ofOrder("webhook", hook.taken());
    ofOrder("mqtt", heard(ear));
    assertThat(ids(console.heard())).as("a console hears it once").doesNotHaveDuplicates();
    assertThat(ids(console.heard())).as("and was never to begin anew").doesNotContain("reset");
    assertThat(ids(console.heard()))
        .as("in the order of transactions")
        .isEqualTo(inTheirOrder(ids(console.heard())));
  }

  private List<String> inTheirOrder(Collection<String> ids) {
    Set<String> these = Set.copyOf(ids);
    return database.texts("select id::text from outbox_events order by xid, position").stream()
        .filter(these::contains)
        .toList();
  }

  /**
   * Dead letters are exactly what this endpoint refused twelve times; it was told all else, and
   * everybody else was told everything. Its waits are cut short.
   */
  void isRefusedOnlyBy(String endpoint, HookReceiver hook, String type) {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> {
          database.change(
              """
              update outbox_deliveries set next_attempt_at = now()
              where status = 'PENDING' and endpoint = ? and next_attempt_at > now()
                and last_error is not null\
              """,
              endpoint);
          assertThat(pending()).isEmpty();
        });
    assertThat(
            database.texts(
                """
                select d.endpoint || ' ' || e.id from outbox_deliveries d
                join outbox_events e on e.position = d.event_position
                where d.status = 'DEAD_LETTERED'\
                """))
        .as("dead letters")
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            database.texts(
                "select ? || ' ' || id from outbox_events where type = ?", endpoint, type));
    assertThat(hook.refusals().values()).allSatisfy(times -> assertThat(times).isPositive());
    assertThat(untold("webhook", OF_DATA + " and type <> '" + type + "'", hook.taken())).isEmpty();
    ofOrder("webhook that refuses", hook.taken());
  }

  private List<String> pending() {
    return database.texts(
        """
        select concat_ws(' ', e.type, d.sink, d.endpoint,
          row(d.status, d.attempts, d.claim, d.next_attempt_at, now(), d.last_error)::text)
        from outbox_deliveries d join outbox_events e on e.position = d.event_position
        where d.status = 'PENDING'\
        """);
  }

  private static void heard(Supplier<List<String>> untold) {
    await().atMost(Patience.LIMIT).untilAsserted(() -> assertThat(untold.get()).isEmpty());
  }

  private static List<JsonNode> heard(EventEar ear) {
    return ear.messages().stream()
        .map(message -> JsonMapper.shared().readTree(message.getPayloadAsBytes()))
        .toList();
  }

  private static List<String> ids(Collection<JsonNode> heard) {
    return heard.stream().map(event -> event.path("id").asString()).toList();
  }

  /** What was not heard, with its deliveries. */
  private List<String> untold(String sink, String which, Collection<JsonNode> heard) {
    Set<String> ids = Set.copyOf(ids(heard));
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

  /** What is told again may come late; what is told first comes in the order of its sequence. */
  private static void ofOrder(String sink, List<JsonNode> heard) {
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
